import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/Words.js';
import { QuoteButton } from './Quoted.js';
import styles from './MailFrame.module.css';

/**
 * A mail's own page, locked in twice: the frame runs no scripts and submits no forms, and its policy loads nothing but what we
 * keep ourselves (its inline images). The origin stays ours only so that the frame can be measured.
 */
const policyOf = (images: boolean): string =>
  `default-src 'none'; img-src 'self' data:${images ? ' https:' : ''}; style-src 'unsafe-inline'; font-src 'none'`;

/** What the mail carries along of earlier ones, marked by the server: the part itself, or it and all that follows. */
const FOLDED = `<style>[data-quoted],[data-quoted="rest"]~*,:has(>[data-quoted="rest"])~*{display:none!important}</style>`;

const pageOf = (html: string, images: boolean, folded: boolean): string => `<!doctype html><html><head>
<meta http-equiv="content-security-policy" content="${policyOf(images)}">
<meta name="referrer" content="no-referrer"><base target="_blank">
<style>html{color-scheme:light}body{margin:0;padding:8px 12px;font:14px/20px Inter,system-ui,sans-serif;color:#1c1b19;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:8px 0 0;padding-left:10px;border-left:2px solid #d6d3cb;color:#514e48}a{color:#3445b4}</style>
${folded ? FOLDED : ''}</head><body>${images ? html.replaceAll(HELD_BACK, '$1$2') : html}</body></html>`;

/** An image from elsewhere, which the server put aside. */
const HELD_BACK = /(<img\b[^>]*?\s)data-(src="https:)/gi;
const REMOTE = /<img\b[^>]+\b(?:data-)?src=["']?https?:/i;

export const MailFrame = ({ html, name }: { html: string; name: string }) => {
  const { t } = useWords();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(60);
  const [loads, setLoads] = useState(0);
  const [images, setImages] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const quoting = html.includes('data-quoted');
  useEffect(() => {
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    const measure = new ResizeObserver(() => setHeight(Math.min(2400, body.scrollHeight)));
    measure.observe(body);
    return () => measure.disconnect();
  }, [loads]);
  return (
    <>
      {REMOTE.test(html) && !images ? (
        <p className={styles.blocked}>
          {t('entry.images_blocked')}{' '}
          <button type="button" onClick={() => setImages(true)}>
            {t('entry.images_show')}
          </button>
        </p>
      ) : null}
      <iframe
        ref={frame}
        className={styles.frame}
        style={{ height }}
        title={t('entry.mail_frame', { name })}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={pageOf(html, images, quoting && !unfolded)}
        onLoad={() => setLoads((count) => count + 1)}
      />
      {quoting ? (
        <p className={styles.quote}>
          <QuoteButton unfolded={unfolded} onToggle={() => setUnfolded(!unfolded)} />
        </p>
      ) : null}
    </>
  );
};
