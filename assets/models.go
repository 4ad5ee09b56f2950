package assets

import "embed"

// Models are the weights of the networks that find and compare faces; assets/models/README.md
// says where each comes from, and under which licence.
//
//go:embed models/*.bin models/*.json models/*.tflite
var Models embed.FS
