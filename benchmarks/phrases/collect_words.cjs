// Prints what moment writes for months, weekdays and hours of each locale: {locale, kind, value, text}, a line each.
// node collect_words.cjs NODE_MODULES
'use strict';
const fs = require('fs'), path = require('path');
const at = (...parts) => path.join(path.resolve(process.argv[2]), ...parts);
const moment = require(at('moment', 'moment.js'));
const print = (row) => process.stdout.write(JSON.stringify(row) + '\n');
for (const name of ['en.js', ...fs.readdirSync(at('moment', 'locale'))]) {
  const locale = name.replace(/\.js$/, '');
  if (locale !== 'en') require(at('moment', 'locale', name));
  for (let month = 0; month < 12; month++)
    for (const form of ['D MMMM YYYY', 'MMMM', 'D MMM YYYY', 'MMM'])
      print({ locale, kind: 'month', value: month + 1, text: moment.utc([2026, month, 5]).locale(locale).format(form).replace(/^\S?5\S? | \S*2026\S*$/g, '') });
  for (let day = 1; day <= 7; day++)
    for (const form of ['dddd', 'ddd', 'dddd D'])
      print({ locale, kind: 'weekday', value: day, text: moment.utc([2026, 5, day]).locale(locale).format(form).replace(/ \S+$/, '') });
  for (let hour = 0; hour < 24; hour++)
    print({ locale, kind: 'hour', value: hour, text: moment.utc([2026, 5, 1, hour, 30]).locale(locale).format('A') });
  const now = moment.utc([2026, 5, 10, 12]).locale(locale);
  for (const form of ['LLLL', 'llll', 'LLL']) print({ locale, kind: 'literal', value: 0, text: now.format(form) });
  for (const day of [10, 9]) print({ locale, kind: day === 10 ? 'today' : 'yesterday', value: 0, text: moment.utc([2026, 5, day, 11, 5]).locale(locale).calendar(now) });
}
