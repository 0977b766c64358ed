/** Pins by the names of their municipalities. */

import type { Line, Result } from "./frame.ts";

/** Pins of one municipality stand together, however far apart in it. */
export function byName(lines: Line[]): Line[] {
  const found = new Map<string, Line>();
  for (const line of lines) {
    const other = found.get(line.text);
    const sum = other && { ...other, count: other.count + line.count, share: other.share + line.share };
    found.set(line.text, sum ?? line);
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.text.localeCompare(b.text));
}

/** The same result with names instead of positions; `near` is the address that knows them. */
export async function named(result: Result, near: string): Promise<Result> {
  const query = result.lines.map(({ key }) => `p=${key.replace(" ", ",")}`).join("&");
  const names = (await fetch(`${near}?${query}`).then((answer) => answer.json())) as Record<string, string>;
  return { ...result, lines: byName(result.lines.map((line) => ({ ...line, text: names[line.key] ?? "" }))) };
}
