// Makes cn.json, the working-day calendar, from the npm packages chinese-days 1.5.7 (MIT, the
// days themselves) and lunar-javascript 1.7.7 (MIT, a second opinion from 2014 on).
//
//   npm install --no-save chinese-days@1.5.7 lunar-javascript@1.7.7 && node make.mjs > cn.json
//
// Each year lists its free weekdays and its working Saturdays and Sundays, as MMDD.
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const days = require('chinese-days/dist/chinese-days.json')
const { HolidayUtil } = require('lunar-javascript')

const weekend = d => [0, 6].includes(new Date(d + 'T00:00:00Z').getUTCDay())
const years = {}
for (let y = 2004; y <= 2026; y++) years[y] = { free: [], working: [] }
for (const d of Object.keys(days.holidays).sort()) if (!weekend(d)) years[+d.slice(0, 4)].free.push(d.slice(5, 7) + d.slice(8))
for (const d of Object.keys(days.workdays).sort()) if (weekend(d)) years[+d.slice(0, 4)].working.push(d.slice(5, 7) + d.slice(8))

const differ = []
for (let t = Date.UTC(2014, 0, 1); t < Date.UTC(2027, 0, 1); t += 864e5) {
  const d = new Date(t).toISOString().slice(0, 10), mmdd = d.slice(5, 7) + d.slice(8), y = years[+d.slice(0, 4)]
  const ours = weekend(d) ? y.working.includes(mmdd) : !y.free.includes(mmdd)
  const h = HolidayUtil.getHoliday(d)
  const theirs = h ? h.isWork() : !weekend(d)
  if (ours !== theirs) differ.push(d)
}
if (differ.length) console.error('the two sources differ on', differ.join(' '))
console.log(JSON.stringify({ source: 'State Council notices on holidays; chinese-days 1.5.7', years }).replaceAll('"20', '\n"20').replace('}}}', '}\n}}'))
