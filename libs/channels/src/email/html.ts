import { compile } from 'html-to-text';
import sanitize from 'sanitize-html';
import { MAIL_LIMITS } from './mail.limits.rules.js';

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: MAIL_LIMITS.htmlRead, maxDepth: 200, ellipsis: '…' },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'block' },
    // Mails lay out with tables: what stands beside each other must not run together.
    ...['td', 'th'].map((selector) => ({
      selector,
      format: 'block',
      options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
    })),
  ],
});

/**
 * The words of the html of one mail, for reading, searching and the preview of a case. All its parts share one budget, of
 * characters and of tags: reading grows faster than the number of open tags, and holds up everything else meanwhile.
 */
export class HtmlWords {
  /** There was more than is read; it is in the original. */
  cut = false;
  private characters: number = MAIL_LIMITS.htmlRead;
  private tags: number = MAIL_LIMITS.htmlTags;

  of(html: string): string {
    const read = html.slice(0, this.affordable(html));
    this.characters -= read.length;
    this.cut ||= read.length < html.length;
    return read === '' ? '' : convert(read).replaceAll('\u00a0', ' ').trim();
  }

  /** How much of it may be read: up to the tag that is one too many. */
  private affordable(html: string): number {
    const end = Math.min(html.length, this.characters);
    for (let at = html.indexOf('<'); at >= 0 && at < end; at = html.indexOf('<', at + 1)) {
      if (this.tags === 0) return at;
      this.tags -= 1;
    }
    return end;
  }
}

/** The html that is shown: to make it safe takes the longer the more tags are open, so there are so many and no more. */
export function shownHtml(html: string): string {
  let at = -1;
  for (let tags = 0; tags <= MAIL_LIMITS.htmlTagsShown; tags += 1) {
    at = html.indexOf('<', at + 1);
    if (at < 0) return html;
  }
  return html.slice(0, at);
}

const LENGTH = /^-?[\d.]+(?:px|pt|em|rem|%)?(?:\s+-?[\d.]+(?:px|pt|em|rem|%)?){0,3}$|^auto$/u;
const COLOUR = /^(?:#[\da-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]+\)|hsla?\([\d\s.,%deg]+\))$/iu;
const WORDS = /^[\w\s"',.-]{1,200}$/u;
const BORDER = /^[\w\s#.(),%]{1,60}$/u;

/** Style that shapes text; nothing that could leave its place, cover something or fetch. */
const STYLES = Object.fromEntries([
  ...['color', 'background-color', 'border-color'].map((name) => [name, [COLOUR]]),
  ...[
    'width',
    'max-width',
    'height',
    'line-height',
    'font-size',
    'padding',
    'margin',
    'text-indent',
    'letter-spacing',
    'border-radius',
  ]
    .concat(['top', 'right', 'bottom', 'left'].flatMap((side) => [`padding-${side}`, `margin-${side}`]))
    .map((name) => [name, [LENGTH]]),
  ...[
    'font-family',
    'font-weight',
    'font-style',
    'font-variant',
    'text-align',
    'text-decoration',
    'text-transform',
    'vertical-align',
  ]
    .concat(['white-space', 'list-style-type', 'direction', 'border-collapse', 'word-break', 'overflow-wrap'])
    .map((name) => [name, [WORDS]]),
  ...['border', 'border-top', 'border-right', 'border-bottom', 'border-left'].map((name) => [name, [BORDER]]),
]) as Record<string, RegExp[]>;

const CELL = ['align', 'valign', 'width', 'height', 'bgcolor', 'colspan', 'rowspan', 'dir', 'style'];

/** The attachment a `cid:` names, or null when the mail brought none of that name. */
export type ResolveCid = (contentId: string) => string | null;

const INLINE_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,/iu;

function image(attributes: sanitize.Attributes, resolveCid: ResolveCid): sanitize.Attributes {
  const { src = '', srcset: _srcset, 'data-src': _dataSrc, ...rest } = attributes;
  const cid = /^\s*cid:(.+)$/isu.exec(src)?.[1]?.trim();
  if (cid !== undefined) {
    const attachmentId = resolveCid(decodedCid(cid));
    return attachmentId
      ? { ...rest, src: `/api/v1/attachments/${attachmentId}/content` }
      : { ...rest, 'data-blocked': 'missing' };
  }
  if (INLINE_IMAGE.test(src)) return { ...rest, src };
  // Fetching it would tell its sender that, when and where the mail was read: only when a person asks.
  const remote = /^\s*(https?:)?(\/\/.*)$/isu.exec(src);
  return remote
    ? { ...rest, 'data-blocked': 'remote', 'data-src': `${remote[1] ?? 'https:'}${remote[2] ?? ''}`.trim() }
    : rest;
}

/** Some programs percent-encode the Content-ID in the link and not in the part. */
function decodedCid(cid: string): string {
  const bare = cid.replace(/^<|>$/gu, '');
  return /^(?:[^%]|%[0-7][\da-f])*$/iu.test(bare) ? decodeURIComponent(bare) : bare;
}

/** Boxes in which programs carry the earlier mail along: Gmail, Yahoo, Proton, Tutanota, Thunderbird, Outlook for phones. */
const QUOTE_BOX =
  /(?:^|\s)(?:gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|tutanota_quote|moz-cite-prefix|moz-forward-container)(?:\s|$)/u;
/** Where Outlook begins it without a box: everything behind is the earlier mail. */
const QUOTE_BEGINS = /^(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)$/u;
const OUTLOOK_RULE = /border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)\s+1(?:\.0)?pt/iu;

/** `part`: this element is the earlier mail · `rest`: it and all that follows it. */
function quotedMark(tagName: string, { class: names = '', id = '', style = '', type = '' }: sanitize.Attributes) {
  if (QUOTE_BEGINS.test(id) || (tagName === 'div' && OUTLOOK_RULE.test(style))) return 'rest';
  return QUOTE_BOX.test(names) || (tagName === 'blockquote' && type === 'cite') ? 'part' : null;
}

/** Only we say what is folded: a mail that does is not heard. */
function markQuote(tagName: string, attributes: sanitize.Attributes, folding: boolean) {
  const { 'data-quoted': _claimed, ...attribs } = attributes;
  const mark = folding ? quotedMark(tagName, attributes) : null;
  return { tagName, attribs: mark ? { ...attribs, 'data-quoted': mark } : attribs };
}

/**
 * Html of a mail made safe to show: no scripts, styles sheets, forms, frames or drawings, no handlers, no links but to web,
 * mail and phone, inline images through our own attachments, remote images held back (`data-src`, `data-blocked="remote"`).
 * The browser still shows it in a sandboxed frame.
 * @param folding mark what the mail carries along of earlier ones (`data-quoted`), for the browser to fold
 */
export function sanitiseMailHtml(html: string, resolveCid: ResolveCid, folding = false): string {
  return sanitize(shownHtml(html), {
    allowedTags: [...sanitize.defaults.allowedTags, 'img', 'font', 'center', 'del', 'ins', 'strike', 'big', 'tt'],
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'svg',
      'math',
      'object',
      'iframe',
      'template',
      'select',
    ],
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'title', 'align'],
      a: ['href', 'name', 'target', 'rel'],
      img: ['src', 'data-src', 'data-blocked', 'alt', 'width', 'height', 'border'],
      font: ['color', 'face', 'size'],
      table: [...CELL, 'border', 'cellpadding', 'cellspacing'],
      tr: CELL,
      td: CELL,
      th: CELL,
      ol: ['start', 'type'],
      li: ['value'],
      blockquote: ['type', 'cite', 'data-quoted'],
      div: ['data-quoted'],
    },
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'cite'],
    allowProtocolRelative: false,
    nestingLimit: 250,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer nofollow' },
      }),
      img: (tagName, attribs) => ({ tagName, attribs: image(attribs, resolveCid) }),
      div: (tagName, attribs) => markQuote(tagName, attribs, folding),
      blockquote: (tagName, attribs) => markQuote(tagName, attribs, folding),
    },
  });
}
