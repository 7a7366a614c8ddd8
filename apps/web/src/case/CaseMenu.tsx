import { Menu } from '@mantine/core';
import { Copy, Ellipsis, Link2, QrCode, Route, UserRoundCheck } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { CaseDialogs } from './CaseDialogs.js';
import { openCaseDialog } from './caseDialogs.js';
import styles from './CaseHeader.module.css';

interface Props {
  detail: CaseDetail;
  /** Null where the case cannot be taken. */
  onTake: (() => void) | null;
  onLink: () => void;
  onReference: () => void;
}

/** The deeds that have no button of their own, or none on a small screen. */
export const CaseMenu = ({ detail, onTake, onLink, onReference }: Props) => {
  const { t } = useWords();
  const may = useMay();
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <button type="button" className={styles.icon} aria-label={t('case.more')}>
            <Ellipsis size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {onTake ? (
            <Menu.Item leftSection={<UserRoundCheck size={16} />} rightSection={<kbd>m</kbd>} onClick={onTake}>
              {t('case.take')}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<Link2 size={16} />} rightSection={<kbd>.</kbd>} onClick={onLink}>
            {t('case.copy_link')}
          </Menu.Item>
          <Menu.Item leftSection={<Copy size={16} />} onClick={onReference}>
            {t('case.reference', { reference: detail.reference })}
          </Menu.Item>
          {may('link.issue') ? (
            <Menu.Item leftSection={<Route size={16} />} onClick={() => openCaseDialog({ name: 'links' })}>
              {t('links.title')}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<QrCode size={16} />} onClick={() => openCaseDialog({ name: 'code' })}>
            {t('code.show')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CaseDialogs detail={detail} />
    </>
  );
};
