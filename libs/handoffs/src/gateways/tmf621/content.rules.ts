/** JSON as it travels in an attachment. */
export const jsonContent = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** Without the one character that no text of a database takes. @throws SyntaxError */
export const readJson = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '') : value,
  ) as unknown;

/** What `jsonContent` wrote; undefined where it is no JSON. */
export function readContent(content: string | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    return readJson(Buffer.from(content, 'base64').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
