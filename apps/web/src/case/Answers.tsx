import { CornerDownRight, ExternalLink } from 'lucide-react';
import { use } from 'react';
import { useWords } from '../i18n/Words.js';
import { SaidContext } from './caseContext.js';
import { jumpOn } from './jump.js';
import styles from './Say.module.css';

const POST = /^post:(\d+)$/u;

/** Which public post this answers in public: the way to it on this screen, or on X when it is not here. */
export const Answers = ({ answers }: { answers: string }) => {
  const { t } = useWords();
  const post = use(SaidContext)(answers);
  if (post) {
    const { text, author } = post;
    return (
      <a className={styles.answers} href={`#entry-${post.id}`} onClick={jumpOn(post.id)}>
        <CornerDownRight size={13} aria-hidden />
        <span>{text ? t('entry.answers', { text }) : t('entry.answers_post', { name: author.displayName })}</span>
      </a>
    );
  }
  const [, id] = POST.exec(answers) ?? [];
  if (!id) return null;
  return (
    <a className={styles.answers} href={`https://x.com/i/status/${id}`} target="_blank" rel="noreferrer noopener">
      <ExternalLink size={13} aria-hidden />
      <span>{t('entry.answers_elsewhere')}</span>
    </a>
  );
};
