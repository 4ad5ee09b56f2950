package service

import (
	"reflect"
	"time"

	"xuezheng/data/day"
)

// inShanghai tells every moment in a document by the clock in Shanghai: what people are handed says
// the day they know.
func inShanghai(doc map[string]any) {
	for key, v := range doc {
		if v != nil {
			doc[key] = toldAnew(reflect.ValueOf(v)).Interface()
		}
	}
}

// toldAnew is a value like v that can be changed, with its moments told anew.
func toldAnew(v reflect.Value) reflect.Value {
	own := reflect.New(v.Type()).Elem()
	own.Set(v)
	tellAnew(own)
	return own
}

func tellAnew(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			tellAnew(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(toldAnew(v.Elem()))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			tellAnew(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			v.SetMapIndex(key, toldAnew(v.MapIndex(key)))
		}
	case reflect.Struct:
		tellStruct(v)
	}
}

func tellStruct(v reflect.Value) {
	if t, ok := v.Interface().(time.Time); ok {
		if !t.IsZero() {
			v.Set(reflect.ValueOf(t.In(day.Shanghai)))
		}
		return
	}
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() {
			tellAnew(v.Field(i))
		}
	}
}
