/** Text whose bytes say nothing about themselves is read as the charset most wrong mails are really in. */
const LAST_RESORT = 'windows-1252';

/** Charsets of one byte per character: they read anything without complaint, so UTF-8 is tried first. */
const SINGLE_BYTE = /^(?:us-?ascii|ascii|utf-?8|iso-?8859.*|latin.*|windows-125\d|cp125\d|x?-?mac.*|koi8.*|)$/iu;

/** Names mail uses and the standard's list of labels lacks. */
const ALIASES: Record<string, string> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  'iso-gb2312': 'gbk',
  ks_c_5601: 'euc-kr',
};

function read(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    // Unknown label (RangeError) or bytes that are none of this charset (TypeError): both are an answer here.
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * Bytes of a mail as text, whatever the mail says they are: valid UTF-8 is UTF-8 even when called Latin-1, and bytes that
 * contradict their label are read as Windows-1252 rather than shown as question marks.
 */
export function decodeText(bytes: Uint8Array, declared: string): string {
  const label = ALIASES[declared.trim().toLowerCase()] ?? declared.trim();
  const utf8 = SINGLE_BYTE.test(label) ? read(bytes, 'utf-8') : null;
  return (
    utf8 ?? read(bytes, label || LAST_RESORT) ?? read(bytes, 'utf-8') ?? new TextDecoder(LAST_RESORT).decode(bytes)
  );
}
