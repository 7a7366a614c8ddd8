/** Markup that was put together here; everything else is text and is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | null | undefined | false | readonly Part[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? sign);

const written = (part: Part): string => {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(written).join('');
  return part === null || part === undefined || part === false ? '' : escaped(String(part));
};

/** A template of HTML: what is put into it is escaped, unless it was made by `markup` itself. */
export const markup = (fixed: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(fixed.reduce((all, piece, at) => all + written(parts[at - 1]) + piece));
