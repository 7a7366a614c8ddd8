import { Button, Menu } from '@mantine/core';
import { ArrowDownLeft, ArrowUpRight, ChevronDown, CircleAlert, CircleHelp, Eye, Link2, Send } from 'lucide-react';
import { isLiveHandoff, type CaseDetail } from '#contracts';
import { useMay } from '../app/session.js';
import { firstName, useWriting } from '../case/caseContext.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { deedsOf, openQuote, stuck, waitsOnUs, type WholeHandoff } from './handoff.rules.js';
import { openHandoffDialog } from './handoffDialogs.js';
import { HandoffFacts } from './HandoffFacts.js';
import { HandoffLog } from './HandoffLog.js';
import { OpenQuote } from './OpenQuote.js';
import { useStateText } from './useStateText.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  detail: CaseDetail;
  /** Whether whoever reads may do something about it. */
  works: boolean;
}

/** What they get to see, and the links by which they see it. */
const TheirPage = ({ handoff: { id, document, direction, partner } }: Pick<Props, 'handoff'>) => {
  const { t } = useWords();
  if (!document) return null;
  return (
    <>
      {direction === 'out' ? (
        <Menu.Item leftSection={<Eye size={14} />} onClick={() => openHandoffDialog({ name: 'seen', handoffId: id })}>
          {t('handoff.seen.open', { partner: partner.name })}
        </Menu.Item>
      ) : null}
      <Menu.Item leftSection={<Link2 size={14} />} onClick={() => openHandoffDialog({ name: 'links', handoffId: id })}>
        {t('desk.open_links')}
      </Menu.Item>
    </>
  );
};

/** What comes next as a button, the rest behind another. */
const Deeds = ({ handoff }: Pick<Props, 'handoff'>) => {
  const { t } = useWords();
  const { write } = useWriting();
  const manages = useMay()('handoff.manage');
  const { id, direction, state } = handoff;
  const deeds = deedsOf(handoff, manages).filter((deed) => deed !== 'info' || !handoff.question);
  const words = (deed: (typeof deeds)[number]) =>
    t(deed === 'cancelled' && state === 'draft' ? 'handoff.deed.discard' : `handoff.deed.${deed}`);
  const open = (deed: (typeof deeds)[number]) =>
    deed === 'go_on'
      ? openHandoffDialog({ name: 'go_on', handoffId: id })
      : openHandoffDialog({ name: 'say', handoffId: id, kind: deed });
  const [first, ...rest] =
    direction === 'in' || state === 'resolved' || state === 'rejected' ? deeds : [null, ...deeds];
  return (
    <div className={styles.deeds}>
      {state === 'draft' ? (
        <Button size="xs" variant="filled" onClick={() => openHandoffDialog({ name: 'new', handoffId: id })}>
          {t('handoff.go_on_writing')}
        </Button>
      ) : null}
      {first ? (
        <Button size="xs" variant={waitsOnUs(handoff) ? 'filled' : 'default'} onClick={() => open(first)}>
          {words(first)}
        </Button>
      ) : null}
      {isLiveHandoff(state) ? (
        <Button size="xs" leftSection={<Send size={12} aria-hidden />} onClick={() => write('partner', id)}>
          {t('handoff.write')}
        </Button>
      ) : null}
      {rest.length > 0 || handoff.document ? (
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <Button size="xs" rightSection={<ChevronDown size={12} aria-hidden />}>
              {t('handoff.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.flatMap((deed) =>
              deed === null ? (
                []
              ) : (
                <Menu.Item key={deed} onClick={() => open(deed)}>
                  {words(deed)}
                </Menu.Item>
              ),
            )}
            <TheirPage handoff={handoff} />
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </div>
  );
};

/** What they want to know, with the way to answer it. */
const Question = ({ handoff, works }: Pick<Props, 'handoff' | 'works'>) => {
  const { t } = useWords();
  const { write } = useWriting();
  const { question, direction, partner } = handoff;
  if (!question) return null;
  return (
    <div className={styles.asked}>
      <CircleHelp size={15} aria-hidden />
      <p>
        <b>{direction === 'out' ? t('handoff.asks', { partner: partner.name }) : t('handoff.we_ask')}</b> {question}
      </p>
      {works && direction === 'out' ? (
        <Button size="xs" variant="filled" onClick={() => write('partner', handoff.id)}>
          {t('handoff.answer')}
        </Button>
      ) : null}
    </div>
  );
};

/** One handoff: whose it is, where it stands, who has it, until when; and what is for us to do. */
export const HandoffCard = ({ handoff, detail, works }: Props) => {
  const { t, intl } = useWords();
  const stateText = useStateText();
  const { partner, direction, state, stateAt, mode, reference, partnerRef } = handoff;
  const quote = openQuote(handoff);
  const dead = stuck(handoff);
  const Way = direction === 'out' ? ArrowUpRight : ArrowDownLeft;
  return (
    <article className={styles.card} data-handoff={handoff.id} aria-label={`${partner.name} ${reference}`}>
      <header className={styles.head}>
        <Way size={14} role="img" aria-label={t(`handoff.direction.${direction}`)} />
        <b>{partner.name}</b>
        <small title={t('handoff.numbers', { ours: reference, theirs: partnerRef ?? '—' })}>
          {partnerRef ?? reference}
        </small>
      </header>
      <p className={styles.state}>
        <span data-state={waitsOnUs(handoff) ? 'ours' : isLiveHandoff(state) ? 'theirs' : 'over'}>
          {stateText(handoff)}
        </span>{' '}
        <small title={whole(intl, stateAt)}>
          {moment(intl, stateAt)} · {t(`handoff.mode.${mode}`)}
        </small>
      </p>
      <HandoffFacts handoff={handoff} detail={detail} />
      <Question handoff={handoff} works={works} />
      {quote ? <OpenQuote handoff={handoff} quote={quote.quote} detail={detail} works={works} /> : null}
      {dead.length > 0 ? (
        <p className={styles.dead} role="alert">
          <CircleAlert size={14} aria-hidden />
          <span>{t('handoff.stuck', { count: dead.length, partner: partner.name })}</span>
        </p>
      ) : null}
      {handoff.forgottenAt ? (
        <p className={styles.quiet}>{t('handoff.forgotten', { moment: moment(intl, handoff.forgottenAt) })}</p>
      ) : null}
      {works ? <Deeds handoff={handoff} /> : null}
      <HandoffLog handoff={handoff} detail={detail} name={firstName(detail.customer.displayName)} />
    </article>
  );
};
