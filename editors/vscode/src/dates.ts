/** Days, written and read. */

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day that is written as `2018-02-12`; `undefined` for what is no day. */
export function parseDay(text: string): Date | undefined {
  const parts = WRITTEN.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(year, month - 1, day);
  // February 30 would become a day in March.
  return date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day ? date : undefined;
}

/** A day as `2018-02-12`, by the local clock. */
export function writeDay(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A day with its weekday: `Monday, February 12, 2018`. */
export function longDate(text: string): string {
  const date = parseDay(text);
  return date === undefined
    ? text
    : date.toLocaleDateString("en-US", { weekday: "long", year: "numeric", month: "long", day: "numeric" });
}
