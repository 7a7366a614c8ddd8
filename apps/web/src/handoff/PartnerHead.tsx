import { Button, Menu } from '@mantine/core';
import { ChevronDown, CircleHelp } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { isEmpty, keepDraft, useDraft } from '../case/drafts.js';
import { useWords } from '../i18n/Words.js';
import { openHandoffDialog } from './handoffDialogs.js';
import { useStateText } from './useStateText.js';
import type { PartnerLine } from './usePartnerLine.js';
import styles from './PartnerHead.module.css';

interface Props {
  detail: CaseDetail;
  line: PartnerLine;
}

/** Above what is written to a partner: to whom it goes, and what of theirs it answers. */
export const PartnerHead = ({ detail, line: { isKnown, live, target, answers } }: Props) => {
  const { t } = useWords();
  const stateText = useStateText();
  const begun = !isEmpty(useDraft(detail.id, 'partner'));
  if (!isKnown) return null;
  if (!target)
    return (
      <p className={styles.nobody}>
        {t('composer.no_partner')}{' '}
        <Button size="xs" onClick={() => openHandoffDialog({ name: 'new' })}>
          {t('handoff.new')}
        </Button>
        {begun ? (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => keepDraft(detail.id, 'partner', { text: '', attachments: [], threadId: null })}
          >
            {t('composer.partner_discard')}
          </Button>
        ) : null}
      </p>
    );
  return (
    <div className={styles.head}>
      <Menu position="top-start" width={300}>
        <Menu.Target>
          <button
            type="button"
            className={styles.target}
            aria-label={`${t('composer.partner_target')}: ${target.partner.name} ${target.reference}`}
          >
            <b>{target.partner.name}</b>
            <span>
              {target.partnerRef ?? target.reference} · {stateText(target)}
            </span>
            <ChevronDown size={12} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('composer.partner_target')}</Menu.Label>
          {live.map((handoff) => (
            <Menu.Item
              key={handoff.id}
              rightSection={<small>{stateText(handoff)}</small>}
              onClick={() => keepDraft(detail.id, 'partner', { threadId: handoff.id })}
            >
              {handoff.partner.name} <small>{handoff.partnerRef ?? handoff.reference}</small>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {answers ? (
        <p className={styles.answers} title={answers}>
          <CircleHelp size={13} aria-hidden />
          <span>{t('composer.answers', { question: answers })}</span>
        </p>
      ) : null}
    </div>
  );
};
