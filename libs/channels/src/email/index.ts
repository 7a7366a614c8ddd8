export { EmailChannel } from './email.channel.js';
export { sanitiseMailHtml, type ResolveCid } from './html.js';
export { MailDrain } from './mail.drain.js';
export { MailListener } from './mail.listener.js';
export { parseMail, type MailContext, type MailRejectReason, type ParsedMail } from './mail.parser.js';
export { MailReader } from './mail.reader.js';
export { splitQuote, type SplitText } from './quotes.rules.js';
