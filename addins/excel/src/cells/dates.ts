// Excel counts days and keeps milliseconds. In the 1900 system day 60 is 29 February 1900, which never was; in the 1904
// system day 0 is 1 January 1904.

const day = 86_400_000;
const lastDay = 2_958_466; // the day after 31 December 9999
const between = 1462; // days from one system's beginning to the other's

/** Milliseconds since 1970 of a serial number; null where it is no date. */
function moment(serial: number, is1904: boolean): number | null {
  if (!(serial >= 0 && serial < lastDay - (is1904 ? between : 0))) return null;
  if (is1904) return milliseconds(serial) + Date.UTC(1904, 0, 1);
  const whole = Math.floor(serial);
  if (whole === 0 || whole === 60) return null;
  return milliseconds(serial) + (whole < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30));
}

const milliseconds = (days: number): number => Math.round(days * day);

/** "2026-11-26", without the time of the day. */
export function dateOf(serial: number, is1904 = false): string | null {
  const ms = moment(Math.floor(serial), is1904);
  return ms === null ? null : new Date(ms).toISOString().slice(0, 10);
}

/** "2026-11-26T13:30:00". */
export function dateTimeOf(serial: number, is1904 = false): string | null {
  const ms = moment(serial, is1904);
  return ms === null ? null : new Date(ms).toISOString().replace(/(\.000)?Z$/, "");
}

/** "13:30:00": the time of the day, whatever the day is. */
export function timeOf(serial: number): string | null {
  if (!(serial >= 0 && serial < lastDay)) return null;
  const ms = milliseconds(serial - Math.floor(serial)) % day; // what rounds to midnight is midnight
  return new Date(ms).toISOString().slice(11, -1).replace(/\.000$/, "");
}
