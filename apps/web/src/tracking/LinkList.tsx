import type { CaseLink } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { day, moment } from '../i18n/moments.js';
import styles from './Tracking.module.css';

type Link = Pick<CaseLink, 'id' | 'state' | 'issuedBy' | 'issuedAt' | 'expiresAt' | 'opens' | 'lastOpenedAt'>;

interface Props<Each extends Link> {
  label: string;
  links: readonly Each[];
  /** Whom a link was given to, or how. */
  nameOf: (link: Each) => string;
  busy: boolean;
  onRevoke: (link: Each) => void;
}

/** Links that were made: by whom, until when, whether they were opened; a live one can be taken back. */
export const LinkList = <Each extends Link>({ label, links, nameOf, busy, onRevoke }: Props<Each>) => {
  const { t, intl } = useWords();
  if (links.length === 0) return null;
  return (
    <ul className={styles.links} aria-label={label}>
      {links.map((link) => {
        const { id, state, issuedBy, issuedAt, expiresAt, opens, lastOpenedAt } = link;
        return (
          <li key={id} className={styles.link} data-state={state}>
            <div>
              <b>{nameOf(link)}</b>
              <small>
                {t('links.made', { name: issuedBy?.displayName ?? t('event.system'), at: moment(intl, issuedAt) })} ·{' '}
                {t(`links.${state}`, { day: day(intl, expiresAt) })}
              </small>
              <small>
                {lastOpenedAt
                  ? t('links.opened', { count: opens, at: moment(intl, lastOpenedAt) })
                  : t('links.unopened')}
              </small>
            </div>
            {state === 'live' ? (
              <button type="button" className={styles.quiet} disabled={busy} onClick={() => onRevoke(link)}>
                {t('links.revoke')}
              </button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
};
