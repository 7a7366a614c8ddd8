import { Link } from '@tanstack/react-router';
import {
  AlarmClock,
  ArrowUpRight,
  AtSign,
  Gift,
  Hand,
  MessageSquare,
  PhoneOutgoing,
  Scale,
  Siren,
  Smartphone,
  Sunrise,
  TriangleAlert,
  MailX,
  type LucideIcon,
} from 'lucide-react';
import {
  firstNameOf,
  notificationSentence,
  type NotificationGroup,
  type NotificationKind,
  type ReadNotificationsBody,
} from '#contracts';
import { closeDialog } from '../app/dialogs.js';
import { useTimeZone } from '../app/session.js';
import { brief, whole } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './Notifications.module.css';

const GLYPHS: Record<NotificationKind, [LucideIcon, tone: 'accent' | 'due' | 'breached' | 'quiet']> = {
  customer_wrote: [MessageSquare, 'accent'],
  due_soon: [AlarmClock, 'due'],
  breached: [TriangleAlert, 'breached'],
  escalated: [Siren, 'breached'],
  escalation_told: [Siren, 'due'],
  handed_over: [Hand, 'accent'],
  assigned: [Hand, 'accent'],
  routed: [ArrowUpRight, 'accent'],
  mentioned: [AtSign, 'accent'],
  send_failed: [MailX, 'breached'],
  benefit_asked: [Gift, 'due'],
  benefit_decided: [Gift, 'accent'],
  loan_overdue: [Smartphone, 'breached'],
  device_lost: [Smartphone, 'breached'],
  opinion_asked: [Scale, 'due'],
  opinion_given: [Scale, 'accent'],
  untold: [PhoneOutgoing, 'due'],
  digest: [Sunrise, 'quiet'],
};

/** Sentences of one line; the rest is in the case. */
const SAID = 3;

interface Props {
  group: NotificationGroup;
  onRead: (which: ReadNotificationsBody) => void;
}

/** All there is about one case: whose it is, what happened last, and since when. Opening it reads it. */
export const NotificationLine = ({ group, onRead }: Props) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const timeZone = useTimeZone();
  const zone = { timeZone, now: new Date() };
  const { case: about, items, unread, at } = group;
  const fresh = unread > 0 ? items.filter(({ readAt }) => readAt === null) : items.slice(0, 1);
  const said = [...new Set(fresh.map((item) => notificationSentence(item, language, zone)))].slice(0, SAID);
  const [Glyph, tone] = GLYPHS[items[0]?.kind ?? 'digest'];
  const name = about ? about.customerName : t('notifications.digest');
  const title =
    about && unread > 1 ? t('notifications.of', { count: unread, name: firstNameOf(about.customerName) }) : name;
  const content = (
    <>
      <span className={styles.glyph} data-tone={tone}>
        <Glyph size={16} />
      </span>
      <span className={styles.words}>
        <b>{title}</b>
        {said.map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
      </span>
      <time dateTime={at} title={whole(intl, at)}>
        {brief(intl, at)}
      </time>
      {unread > 0 ? <i className={styles.dot} role="img" aria-label={t('notifications.new')} /> : null}
    </>
  );
  const line = { className: styles.line, 'data-line': true, 'data-unread': unread > 0 || undefined };
  const opened = () => {
    if (unread > 0) onRead(about ? { caseId: about.id } : { ids: items.map(({ id }) => id) });
    closeDialog();
  };
  return (
    <li>
      {about ? (
        <Link to="/cases/$reference" params={{ reference: about.reference }} onClick={opened} {...line}>
          {content}
        </Link>
      ) : (
        <Link to="/inbox" search={{ view: 'mine' }} onClick={opened} {...line}>
          {content}
        </Link>
      )}
    </li>
  );
};
