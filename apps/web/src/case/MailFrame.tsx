import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/Words.js';
import styles from './MailFrame.module.css';

/**
 * A mail's own page, locked in twice: the frame runs no scripts and submits no forms, and its policy loads nothing but what we
 * keep ourselves (its inline images). The origin stays ours only so that the frame can be measured.
 */
const POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src 'none'";
const pageOf = (html: string): string => `<!doctype html><html><head>
<meta http-equiv="content-security-policy" content="${POLICY}">
<meta name="referrer" content="no-referrer"><base target="_blank">
<style>html{color-scheme:light}body{margin:0;padding:8px 12px;font:14px/20px Inter,system-ui,sans-serif;color:#1c1b19;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:8px 0 0;padding-left:10px;border-left:2px solid #d6d3cb;color:#514e48}a{color:#3445b4}</style>
</head><body>${html}</body></html>`;

const REMOTE = /<img\b[^>]+src=["']?https?:/i;

export const MailFrame = ({ html, name }: { html: string; name: string }) => {
  const { t } = useWords();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(60);
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    const measure = new ResizeObserver(() => setHeight(Math.min(2400, body.scrollHeight)));
    measure.observe(body);
    return () => measure.disconnect();
  }, [loads]);
  return (
    <>
      {REMOTE.test(html) ? <p className={styles.blocked}>{t('entry.images_blocked')}</p> : null}
      <iframe
        ref={frame}
        className={styles.frame}
        style={{ height }}
        title={t('entry.mail_frame', { name })}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={pageOf(html)}
        onLoad={() => setLoads((count) => count + 1)}
      />
    </>
  );
};
