package service

import (
	"reflect"
	"time"

	"xuezheng/data/day"
)

// inShanghai tells every moment within v, which is a pointer, by the clock in Shanghai: what people
// are handed says the day they know.
func inShanghai(v any) { tellIn(reflect.ValueOf(v)) }

func tellIn(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			tellIn(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			tellIn(v.Index(i))
		}
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			if v.CanSet() && !t.IsZero() {
				v.Set(reflect.ValueOf(t.In(day.Shanghai)))
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				tellIn(v.Field(i))
			}
		}
	}
}
