// Runs the JavaScript libraries over a ladder of ages and prints what they say, one JSON row a line:
// {lib, locale, text, age, lo, hi, form}; lo and hi (seconds) are the first and last age with that text.
// node collect.cjs FOLDER   FOLDER holds the unpacked npm packages, named as in collect.py.
'use strict';
const fs = require('fs'), path = require('path'), Module = require('module');
const root = path.resolve(process.argv[2]);
const at = (...parts) => path.join(root, ...parts);
const MINUTE = 60, HOUR = 3600, DAY = 86400, WEEK = 7 * DAY, MONTH = 2629746, YEAR = 31556952;
const COUNTS = {
  1: [0, 1, 2, 3, 5, 10, 20, 30, 44],
  [MINUTE]: [1, 2, 3, 4, 5, 8, 10, 11, 15, 20, 21, 22, 30, 45, 51],
  [HOUR]: [1, 1.6, 2, 3, 4, 5, 6, 8, 10, 11, 12, 20, 21, 22, 23],
  [DAY]: [1, 1.6, 2, 3, 4, 5, 6, 8, 10, 11, 14, 20, 21, 22],
  [WEEK]: [1, 2, 3, 4],
  [MONTH]: [1, 1.6, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  [YEAR]: [1, 1.35, 1.8, 2, 2.35, 2.8, 3, 4, 5, 5.35, 5.8, 6, 8, 10, 11, 20, 21, 22, 25],
};
const LADDER = Object.entries(COUNTS).flatMap(([unit, counts]) => counts.map((count) => Math.round(count * unit)));
const NOW = Date.UTC(2026, 2, 15, 14, 30);
// What the same libraries say of times to come teaches the words that say so ("in", "dans", "後"). CLDR has them all.
const TO_COME = [30, MINUTE, 2 * MINUTE, 5 * MINUTE, HOUR, 2 * HOUR, 5 * HOUR, DAY, 2 * DAY, 5 * DAY, WEEK, 2 * WEEK,
  MONTH, 2 * MONTH, 5 * MONTH, YEAR, 2 * YEAR, 5 * YEAR];

function edge(say, age, text, step) {
  let near = age, far = age, jump = step;
  for (;;) {
    far = near + jump;
    if (far < 0) { far = -1; break; }
    if (far > 60 * YEAR || say(far) !== text) break;
    near = far;
    jump *= 2;
  }
  while (Math.abs(far - near) > 1) {
    const middle = Math.round((near + far) / 2);
    if (middle >= 0 && say(middle) === text) near = middle; else far = middle;
  }
  return near;
}

function sweep(lib, locale, say, form = 'past') {
  const seen = new Set();
  for (const age of LADDER) {
    let text;
    try { text = say(age); } catch { continue; }
    if (typeof text !== 'string' || !text || seen.has(text) || text.includes('undefined')) continue;
    seen.add(text);
    const [lo, hi] = [edge(say, age, text, -1), edge(say, age, text, 1)];
    process.stdout.write(JSON.stringify({ lib, locale, text, age, lo, hi, form }) + '\n');
  }
}

function sayToCome(lib, locale, say) {
  for (const text of new Set(TO_COME.map(say)))
    process.stdout.write(JSON.stringify({ lib, locale, text, age: -1, lo: -1, hi: -1, form: 'future' }) + '\n');
}

const locales = (folder, ends = '.js') =>
  fs.readdirSync(folder).filter((name) => name.endsWith(ends)).map((name) => name.slice(0, -ends.length));

function runMoment() {
  const moment = require(at('moment', 'moment.js'));
  for (const locale of ['en', ...locales(at('moment', 'locale'))]) {
    if (locale !== 'en') require(at('moment', 'locale', locale + '.js'));
    sweep('moment', locale, (age) => moment(NOW - age * 1000).locale(locale).from(moment(NOW)));
    sayToCome('moment', locale, (ahead) => moment(NOW + ahead * 1000).locale(locale).from(moment(NOW)));
  }
}

function runDayjs() {
  const dayjs = require(at('dayjs', 'dayjs.min.js'));
  dayjs.extend(require(at('dayjs', 'plugin', 'relativeTime.js')));
  for (const locale of locales(at('dayjs', 'locale'))) {
    require(at('dayjs', 'locale', locale + '.js'));
    sweep('dayjs', locale, (age) => dayjs(NOW - age * 1000).locale(locale).from(dayjs(NOW)));
  }
}

function runDateFns() {
  const { formatDistance, formatDistanceStrict } = require(at('date-fns', 'index.cjs'));
  const all = require(at('date-fns', 'locale.cjs'));
  for (const locale of Object.values(all)) {
    for (const [lib, write] of [['date-fns', formatDistance], ['date-fns-strict', formatDistanceStrict]])
      sweep(lib, locale.code, (age) => write(NOW - age * 1000, NOW, { locale, addSuffix: true }));
  }
}

function runTimeagoJs() {
  const { format, register } = require(at('timeago.js', 'lib', 'index.js'));
  for (const locale of locales(at('timeago.js', 'lib', 'lang'))) {
    if (locale === 'index') continue;
    register(locale, require(at('timeago.js', 'lib', 'lang', locale + '.js')).default);
    sweep('timeago.js', locale, (age) => format(new Date(NOW - age * 1000), locale, { relativeDate: new Date(NOW) }));
  }
}

function runJqueryTimeago() {
  // The plugin needs a page; its rounding is copied from jquery.timeago.js 1.6.7 (MIT), inWords().
  const inWords = (strings, seconds) => {
    const minutes = seconds / 60, hours = minutes / 60, days = hours / 24, years = days / 365;
    const put = (value, number) => (typeof value === 'function' ? value(number, seconds * 1000) : value)
      .replace(/%d/i, (strings.numbers && strings.numbers[number]) || number);
    const words = (seconds < 45 && put(strings.seconds, Math.round(seconds))) ||
      (seconds < 90 && put(strings.minute, 1)) || (minutes < 45 && put(strings.minutes, Math.round(minutes))) ||
      (minutes < 90 && put(strings.hour, 1)) || (hours < 24 && put(strings.hours, Math.round(hours))) ||
      (hours < 42 && put(strings.day, 1)) || (days < 30 && put(strings.days, Math.round(days))) ||
      (days < 45 && put(strings.month, 1)) || (days < 365 && put(strings.months, Math.round(days / 30))) ||
      (years < 1.5 && put(strings.year, 1)) || put(strings.years, Math.round(years));
    const separator = strings.wordSeparator === undefined ? ' ' : strings.wordSeparator;
    return [strings.prefixAgo || '', words, strings.suffixAgo || ''].join(separator).trim();
  };
  const ask = Module.prototype.require;
  for (const locale of locales(at('timeago', 'locales')).map((name) => name.replace('jquery.timeago.', ''))) {
    const jQuery = { timeago: { settings: { strings: {} } } };
    Module.prototype.require = function (name) { return name === 'jquery' ? jQuery : ask.call(this, name); };
    try { ask.call(module, at('timeago', 'locales', `jquery.timeago.${locale}.js`)); } finally { Module.prototype.require = ask; }
    sweep('jquery-timeago', locale, (age) => inWords(jQuery.timeago.settings.strings, age), locale.includes('short') ? 'bare' : 'past');
  }
}

function runJavascriptTimeAgo() {
  const { default: TimeAgo } = require(at('javascript-time-ago', 'index.cjs'));
  for (const locale of locales(at('javascript-time-ago', 'locale'), '.json')) {
    TimeAgo.addLocale(JSON.parse(fs.readFileSync(at('javascript-time-ago', 'locale', locale + '.json'), 'utf8')));
    const writer = new TimeAgo(locale);
    for (const style of ['round', 'mini'])
      sweep('javascript-time-ago', locale, (age) => age > 25 * YEAR ? '' : writer.format(NOW - age * 1000, style, { now: NOW }), style === 'mini' ? 'bare' : 'past');
  }
}

function runCldr() {
  const UNITS = { second: 1, minute: MINUTE, hour: HOUR, day: DAY, week: WEEK, month: MONTH, year: YEAR };
  const NAMED = { 'day-0': [0, DAY / 2], 'day--1': [14.5 * HOUR, 38.5 * HOUR - 1], 'day--2': [38.5 * HOUR, 62.5 * HOUR - 1], 'second-0': [0, 59] };
  for (const locale of fs.readdirSync(at('cldr-dates-full', 'main'))) {
    const read = (pack, file) => { try { return JSON.parse(fs.readFileSync(at(pack, 'main', locale, file), 'utf8')).main[locale]; } catch { return null; } };
    const fields = read('cldr-dates-full', 'dateFields.json')?.dates.fields;
    if (!fields) continue;
    let plurals;
    try { plurals = new Intl.PluralRules(locale); } catch { plurals = new Intl.PluralRules('en'); }
    const digits = new Intl.NumberFormat(locale, { useGrouping: false });
    const units = read('cldr-units-full', 'units.json')?.units;
    const seen = new Set();
    const print = (text, age, lo, hi, form) => {
      if (!text || seen.has(text)) return;
      seen.add(text);
      process.stdout.write(JSON.stringify({ lib: 'cldr', locale, text, age: Math.round(age), lo: Math.round(lo), hi: Math.round(hi), form }) + '\n');
    };
    for (const [unit, seconds] of Object.entries(UNITS)) {
      for (const width of ['', '-short', '-narrow']) {
        const field = fields[unit + width];
        for (const offset of ['0', '-1', '-2']) {
          const text = field?.['relative-type-' + offset], span = NAMED[unit + '-' + offset];
          if (text && span) print(text, (span[0] + span[1]) / 2, span[0], span[1], 'named');
          else if (text && offset !== '-2') print(text, (-offset + 0.25) * seconds, -offset * seconds * 0.5, (-offset + 1) * seconds - 1, 'named');
        }
      }
      for (const width of ['', '-short', '-narrow']) {
        const ahead = fields[unit + width]?.['relativeTime-type-future'];
        for (const text of [...Object.values(ahead ?? {}), unit === 'day' && fields[unit + width]?.['relative-type-1']])
          if (text) print(text.replace('{0}', '2'), -1, -1, -1, 'future');
      }
      for (const count of COUNTS[seconds]) {
        if (count < 1 || count % 1) continue;
        const category = plurals.select(count), age = count * seconds;
        const [lo, hi] = [(count - 0.5) * seconds, (count + 0.5) * seconds - 1];
        for (const width of ['', '-short', '-narrow']) {
          const past = fields[unit + width]?.['relativeTime-type-past'];
          const pattern = past?.['relativeTimePattern-count-' + category] ?? past?.['relativeTimePattern-count-other'];
          print(pattern?.replace('{0}', digits.format(count)), age, lo, hi, 'past');
        }
        for (const width of ['long', 'short', 'narrow']) {
          const bare = units?.[width]?.['duration-' + unit];
          const pattern = bare?.['unitPattern-count-' + category] ?? bare?.['unitPattern-count-other'];
          print(pattern?.replace('{0}', digits.format(count)), age, lo, hi, 'bare');
        }
      }
    }
  }
}

for (const run of [runMoment, runDayjs, runDateFns, runTimeagoJs, runJqueryTimeago, runJavascriptTimeAgo, runCldr]) {
  try { run(); } catch (error) { process.stderr.write(`${run.name}: ${error.stack}\n`); process.exitCode = 1; }
}
