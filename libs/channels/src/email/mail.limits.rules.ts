/**
 * What of one mail is taken, in one place. What goes over it is never lost: the original is kept whole, the entry says what
 * was left out, and its sender is told. Besides these, `HILO_MAIL_LIMIT_MB` bounds a whole mail (the sending server is told)
 * and `HILO_UPLOAD_LIMIT_MB` one file.
 */
export const MAIL_LIMITS = {
  /** Recipients of one message on one connection. */
  recipients: 1000,
  /** Bytes of the header of one part. */
  headerBytes: 1024 * 1024,
  /** Header fields of one part that are looked at. */
  headerFields: 2000,
  /** Parts, whatever their level. */
  parts: 1000,
  /** Levels of parts within parts. */
  depth: 50,
  /** Bytes of text parts that are read, of all together. */
  textBytes: 4 * 1024 * 1024,
  /** Characters of text, and of html, that an entry keeps. */
  textLength: 1024 * 1024,
  /** Characters of html that are turned into text, of all parts together. */
  htmlRead: 256 * 1024,
  /** Tags among them. */
  htmlTags: 20_000,
  /** Tags of the html that is shown. */
  htmlTagsShown: 40_000,
  /** Bytes of a calendar part that are looked at. */
  calendarBytes: 64 * 1024,
  /** Largest Outlook package that is opened, in bytes; it is held in memory. */
  winmailBytes: 25 * 1024 * 1024,
  /** Files taken out of one Outlook package. */
  winmailFiles: 500,
  /** Outlook packages within Outlook packages. */
  winmailDepth: 3,
  /** Bytes of files that stand in the text (uuencode), of all of a part together; they are held in memory. */
  uuencodedBytes: 25 * 1024 * 1024,
  /** Files taken out of one text part. */
  uuencodedFiles: 100,
} as const;

/** Bytes as a person reads them: 52,428,800 → `50 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  const megabytes = bytes / (1024 * 1024);
  return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`;
}
