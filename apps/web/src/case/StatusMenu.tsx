import { Button, Menu } from '@mantine/core';
import { CircleCheck, CircleDot, Inbox, Milestone, Pause, ShieldAlert, Wrench, type LucideIcon } from 'lucide-react';
import type { CaseDetail, PatchCaseBody, WaitReason } from '#contracts';
import { WAIT_REASONS } from '../app/vocabulary.js';
import { useWords } from '../i18n/Words.js';
import { openStoryDialog } from '../story/storyDialogs.js';
import styles from './CaseHeader.module.css';
import { offeredFrom } from './stage.rules.js';
import type { useChangeCase } from './useChangeCase.js';

type Settable = NonNullable<PatchCaseBody['status']>;
const GLYPHS: Record<Settable, LucideIcon> = {
  new: Inbox,
  understood: CircleDot,
  in_solution: Wrench,
  waiting: Pause,
  restored: CircleCheck,
  closed: CircleCheck,
  spam: ShieldAlert,
};

interface Props {
  detail: CaseDetail;
  opened: boolean;
  onToggle: (opened: boolean) => void;
  onChange: ReturnType<typeof useChangeCase>;
}

/** Where the case goes next; waiting always says for whom. */
export const StatusMenu = ({ detail, opened, onToggle, onChange }: Props) => {
  const { t } = useWords();
  const offered = offeredFrom(detail.status);
  const to = (status: Settable) => {
    if (status === 'closed') openStoryDialog({ name: 'closing' });
    else void onChange({ status }, { status, waitReason: null });
  };
  const waitFor = (waitReason: WaitReason) =>
    void onChange({ status: 'waiting', waitReason }, { status: 'waiting', waitReason });
  const items = (statuses: Settable[]) =>
    statuses
      .filter((status) => offered.includes(status) && status !== detail.status)
      .map((status) => {
        const Glyph = GLYPHS[status];
        return (
          <Menu.Item key={status} leftSection={<Glyph size={16} />} onClick={() => to(status)}>
            {t(`status.${status}`)}
          </Menu.Item>
        );
      });
  return (
    <Menu opened={opened} onChange={onToggle} position="bottom-end" width={230}>
      <Menu.Target>
        <Button size="xs" className={styles.stage} aria-label={t('status.change')}>
          <Milestone size={16} aria-hidden />
          <span className={styles.stageWord}>{t('status.change')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('status.change_to')}</Menu.Label>
        {items(['new', 'understood', 'in_solution'])}
        {offered.includes('waiting') ? (
          <>
            <Menu.Divider />
            <Menu.Label>{t('status.waiting_for')}</Menu.Label>
            {WAIT_REASONS.filter((reason) => detail.status !== 'waiting' || detail.waitReason !== reason).map(
              (reason) => (
                <Menu.Item key={reason} leftSection={<Pause size={16} />} onClick={() => waitFor(reason)}>
                  {t('wait.for', { reason: t(`wait.${reason}`) })}
                </Menu.Item>
              ),
            )}
            <Menu.Divider />
          </>
        ) : null}
        {items(['restored', 'closed', 'spam'])}
      </Menu.Dropdown>
    </Menu>
  );
};
