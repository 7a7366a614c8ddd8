import { Menu } from '@mantine/core';
import { Ellipsis, Eye, Forward } from 'lucide-react';
import type { HandoffEntry } from '#contracts';
import { Attachments } from '../case/Attachments.js';
import { firstName } from '../case/caseContext.js';
import { Fold } from '../case/Fold.js';
import { Linked } from '../case/Linked.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { Delivered } from './Delivered.js';
import type { WholeHandoff } from './handoff.rules.js';
import { QuoteTable } from './QuoteTable.js';
import { useWordText } from './useWordText.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  entry: HandoffEntry;
  customer: string;
  /** Puts their words before whoever writes to the customer; null: nobody may. */
  onTell: ((text: string) => void) | null;
}

const LINE = 19;
const BECAUSE = ['ended', 'overtaken', 'forbidden'] as const;

/** Who can read it. */
const SeenBy = ({ handoff, entry, customer }: Pick<Props, 'handoff' | 'entry' | 'customer'>) => {
  const { t } = useWords();
  const words = t(`handoff.seen_by.${entry.audience}`, {
    partner: handoff.partner.name,
    customer: firstName(customer),
  });
  return (
    <span className={styles.seenBy} data-audience={entry.audience} title={words}>
      <Eye size={12} role="img" aria-label={words} />
    </span>
  );
};

/** One word between the two companies, as it reads: theirs on the left, ours on the right. */
export const EntryBubble = ({ handoff, entry, customer, onTell }: Props) => {
  const { t, intl } = useWords();
  const textOf = useWordText();
  const { lead, text } = textOf(entry.word);
  const partner = handoff.partner.name;
  // Systems add the company to whoever speaks for it; it stands beside the name already.
  const speaker = entry.byName.replace(` (${partner})`, '');
  const because = BECAUSE.find((code) => code === entry.because);
  const note = entry.word.kind === 'note' && text !== null;
  return (
    <article className={styles.bubble} data-ours={entry.ours || undefined} data-word={entry.word.kind}>
      <header>
        <b>{speaker}</b>{' '}
        <span className={styles.of}>
          {entry.ours ? `${t('handoff.to', { partner })} · ` : speaker === partner ? '' : `${partner} · `}
          <time dateTime={entry.at} title={whole(intl, entry.at)}>
            {moment(intl, entry.at)}
          </time>
        </span>
        <SeenBy {...{ handoff, entry, customer }} />
        {text && onTell && !entry.ours ? (
          <Menu position="bottom-end" width={240}>
            <Menu.Target>
              <button type="button" className={styles.more} aria-label={t('entry.more', { name: entry.byName })}>
                <Ellipsis size={14} />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<Forward size={16} />} onClick={() => onTell(text)}>
                {t('handoff.tell_customer', { name: firstName(customer) })}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </header>
      {note ? null : <p className={styles.lead}>{lead}</p>}
      {text ? (
        <Fold id={entry.id} text={text} lineHeight={LINE}>
          <Linked text={text} />
        </Fold>
      ) : null}
      {entry.word.kind === 'quoted' ? <QuoteTable quote={entry.word.quote} /> : null}
      <Attachments attachments={entry.attachments.map((file) => ({ ...file, inline: false }))} />
      {entry.applied || !entry.because ? null : (
        <p className={styles.late}>{because ? t(`handoff.late.${because}`) : t('handoff.late')}</p>
      )}
      {entry.ours ? <Delivered {...{ handoff, entry }} /> : null}
    </article>
  );
};
