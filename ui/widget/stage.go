package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xuezheng/ui/model"
)

// sign is how a stage looks, wherever it is shown: a tone, a shape. Its word is
// "hours.stage.<stage>".
type sign struct {
	tone Tone
	icon string
}

var signs = map[model.Stage]sign{
	model.StageAccepted: {Good, "check"},
	model.StageReview:   {Warn, "clock"},
	model.StageDraft:    {Plain, "draft"},
	model.StageNot:      {Bad, "cross"},
}

// StageWord is the one word of a stage.
func StageWord(s model.Stage) Words { return W("hours.stage." + string(s)) }

// StageMark is the sign and the word of a stage.
func StageMark(s model.Stage) fyne.CanvasObject {
	return Mark(signs[s].tone, signs[s].icon, StageWord(s))
}

// StageIcon is the sign alone, for a row that says the word beside it.
func StageIcon(s model.Stage, size float32) fyne.CanvasObject {
	ink, _, _ := signs[s].tone.colours()
	return Icon(signs[s].icon, size, ink)
}

// StageAmount is the mark of a stage with so many 学时 of it.
func StageAmount(s model.StagePart, per model.Unit) fyne.CanvasObject {
	return Mark(signs[s.Stage].tone, signs[s.Stage].icon, func() string {
		return Book().Say("hours.stage.amount", "hours.stage."+string(s.Stage), Book().Hours(s.Seconds, per))
	})
}

// StageAmounts are the marks of what is on its way and not accepted, one under the other.
func StageAmounts(p model.Part, per model.Unit) fyne.CanvasObject {
	col := Col(0)
	for _, w := range model.Waiting(p) {
		col.Add(StageAmount(w, per))
	}
	return col
}

// ringCut is how much of a ring is left open: it is 16 % of the radius thick.
const ringCut = 0.84

// Ring is a bucket, as wide as d: accepted solid and green, in review lighter with an edge, not
// submitted in dashes. The figure inside is what is accepted: no ring looks full before that.
func Ring(d float32, p model.Part, per model.Unit) fyne.CanvasObject {
	figure := ColMid(-4,
		Bold(func() string { return Book().Hours(p.Accepted, per) }, d*0.25),
		Text(func() string { return Book().Say("mark.of", Book().Hours(p.Needed, per)) }, max(12, d*0.11), Ink3))
	return Mid(Fix(d, d, Over(newStageRing(p), Mid(figure))))
}

// Bucket is a ring with its words at the side: what it is, for which specialty, what is on its way
// and what is lacking.
func Bucket(name, of Words, p model.Part, per model.Unit) fyne.CanvasObject {
	return Row(14, Ring(80, p, per), Grow(Col(0, Bold(name, T14).Elide(), Text(of, T12, Ink3).Elide(), Pad(BucketState(p, per), 3, 0, 0, 0))))
}

// BucketState says of a bucket what its ring shows: full, or what is on its way and what is lacking.
func BucketState(p model.Part, per model.Unit) fyne.CanvasObject {
	if p.Full() {
		return Mark(Good, "check", W("mark.full"))
	}
	col := Col(0, StageAmounts(p, per))
	if left := p.Lacking(); left > 0 {
		col.Add(Text(func() string { return Book().Say("mark.lacking", Book().Hours(left, per)) }, T13, Ink).Elide())
	}
	return col
}

// stageRing is a track with an arc for each stage, one behind the other.
type stageRing struct {
	widget.BaseWidget
	track, accepted, review *canvas.Arc
	dashes                  []*canvas.Arc
}

// dash and gap are in degrees.
const dash, dashGap = 7, 5

func newStageRing(p model.Part) *stageRing {
	at := func(seconds int) float32 { return 360 * min(1, float32(seconds)/float32(max(1, p.Needed))) }
	accepted, review, all := at(p.Accepted), at(p.Accepted+p.InReview), at(p.Done)
	if p.Needed <= 0 {
		accepted = 360
	}
	r := &stageRing{track: canvas.NewArc(0, 360, ringCut, color.Transparent), accepted: canvas.NewArc(0, accepted, ringCut, color.Transparent),
		review: canvas.NewArc(accepted, review, ringCut, color.Transparent)}
	for a := review; a < all; a += dash + dashGap {
		r.dashes = append(r.dashes, canvas.NewArc(a, min(all, a+dash), ringCut, color.Transparent))
	}
	r.ExtendBaseWidget(r)
	r.paint()
	return r
}

func (r *stageRing) paint() {
	r.track.FillColor = paint(Line)
	r.accepted.FillColor = paint(Green)
	show(r.accepted, r.accepted.EndAngle > r.accepted.StartAngle)
	r.review.FillColor, r.review.StrokeColor, r.review.StrokeWidth = paint(AmberTint), paint(Amber), 1.5
	show(r.review, r.review.EndAngle > r.review.StartAngle)
	for _, a := range r.dashes {
		a.FillColor = paint(Ink3)
	}
}

// CreateRenderer is for Fyne.
func (r *stageRing) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.track}
	for _, a := range r.dashes {
		objects = append(objects, a)
	}
	return &rendered{object: Over(append(objects, r.review, r.accepted)...), before: r.paint}
}
