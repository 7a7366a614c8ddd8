import { Link } from '@tanstack/react-router';
import { AtSign, Mail, Phone } from 'lucide-react';
import { THREAD_REASONS, type CaseContactPoint, type CaseDetail, type ContactPointKind, type Thread } from '#contracts';
import type { z } from 'zod';
import { Avatar } from '../app/Avatar.js';
import { TierGlyph, XGlyph } from '../app/glyphs.js';
import { useLanguage, useWords, type Key } from '../i18n/Words.js';
import { day, moment, whole } from '../i18n/moments.js';
import { useDesk } from '../inbox/deskContext.js';
import styles from './CustomerContext.module.css';

const KindGlyph = ({ kind }: { kind: ContactPointKind }) => {
  if (kind === 'twitter') return <XGlyph size={14} />;
  if (kind === 'email') return <Mail size={14} aria-hidden />;
  return kind === 'phone' ? <Phone size={14} aria-hidden /> : <AtSign size={14} aria-hidden />;
};

const reachOf = (kind: ContactPointKind, thread: Thread | undefined): Key => {
  if (kind === 'phone') return 'thread.phone';
  if (thread?.open ?? kind === 'email') return 'composer.open';
  return thread?.reason === 'recipient.closed' ? 'composer.closed' : 'context.no_reply';
};

const ContactLine = ({ point, thread }: { point: z.infer<typeof CaseContactPoint>; thread: Thread | undefined }) => {
  const { t, intl } = useWords();
  const address = point.handle ? `@${point.handle}` : point.display;
  const { language } = useLanguage();
  const open = thread?.open ?? point.kind === 'email';
  const [formerly] = point.handles;
  return (
    <li className={styles.contact}>
      <KindGlyph kind={point.kind} />
      <span className={styles.address} title={address}>
        {address}
      </span>
      {formerly ? (
        <small
          className={styles.formerly}
          title={point.handles
            .map(({ handle, until }) => t('context.handle_until', { handle, time: day(intl, until) }))
            .join('\n')}
        >
          {t('context.formerly', { handle: formerly.handle })}
        </small>
      ) : null}
      <span
        className={styles.reach}
        data-open={open || undefined}
        title={thread && !open && thread.reason ? THREAD_REASONS[thread.reason][language] : undefined}
      >
        {t(reachOf(point.kind, thread))}
      </span>
    </li>
  );
};

/** The person behind the case: how to reach them, and what there was before. */
export const CustomerContext = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const { view } = useDesk();
  const { customer, contactPoints, threads, otherCases } = detail;
  return (
    <div className={styles.context}>
      <section>
        <div className={styles.person}>
          <Avatar name={customer.displayName} size={40} />
          <div>
            <h2>{customer.displayName}</h2>
            <p>
              <TierGlyph tier={customer.tier} label="" /> {t(`tier.${customer.tier}`)}
            </p>
          </div>
        </div>
        <ul aria-label={t('context.contact')}>
          {contactPoints.map((point) => (
            <ContactLine
              key={point.id}
              point={point}
              thread={threads.find(({ contactPointId }) => contactPointId === point.id)}
            />
          ))}
        </ul>
        {contactPoints.length === 0 ? <p className={styles.none}>{t('context.no_contact')}</p> : null}
      </section>
      <section>
        <h3>{t('context.case')}</h3>
        <dl className={styles.facts}>
          <dt>{t('context.opened')}</dt>
          <dd title={whole(intl, detail.openedAt)}>{moment(intl, detail.openedAt)}</dd>
          {detail.closedAt ? (
            <>
              <dt>{t('context.closed')}</dt>
              <dd title={whole(intl, detail.closedAt)}>{moment(intl, detail.closedAt)}</dd>
            </>
          ) : null}
          <dt>{t('context.queue')}</dt>
          <dd>{detail.queue?.name ?? '—'}</dd>
          <dt>{t('context.priority')}</dt>
          <dd>{t(`priority.${detail.priority}`)}</dd>
        </dl>
      </section>
      <section>
        <h3>
          {t('context.others')} {otherCases.length > 0 ? <span>{intl.formatNumber(otherCases.length)}</span> : null}
        </h3>
        {otherCases.length === 0 ? <p className={styles.none}>{t('context.no_others')}</p> : null}
        <ul>
          {otherCases.map((other) => (
            <li key={other.id}>
              <Link
                to="/cases/$reference"
                params={{ reference: other.reference }}
                search={{ view }}
                className={styles.other}
              >
                <span>{other.problem ?? other.reference}</span>
                <small>
                  {t(`status.${other.status}`)} · {day(intl, other.openedAt)}
                </small>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};
