package exchange

import (
	"xuezheng/data/day"
)

func (r *reading) name(f int) string { return r.mended(f, repairName) }

func (r *reading) phone(f int) string { return r.mended(f, repairPhone) }

func (r *reading) email(f int) string { return r.mended(f, repairEmail) }

func (r *reading) number(f int, today day.Date) string { return r.mended(f, repairNumber) }
