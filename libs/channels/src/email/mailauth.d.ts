declare module 'mailauth/lib/parse-dkim-headers.js' {
  interface MethodResult {
    value?: unknown;
    header?: Record<string, unknown>;
    smtp?: Record<string, unknown>;
  }
  /** Of an Authentication-Results header: `value` is the authserv-id, the rest the methods by name. */
  export interface ParsedHeader {
    value?: unknown;
    spf?: MethodResult;
    dmarc?: MethodResult;
    dkim?: MethodResult[];
  }
  export default function parseHeader(line: string): { parsed: ParsedHeader };
}
