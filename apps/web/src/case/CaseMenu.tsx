import { Menu } from '@mantine/core';
import { Copy, Ellipsis, Link2, UserRoundCheck } from 'lucide-react';
import { useWords } from '../i18n/Words.js';
import styles from './CaseHeader.module.css';

interface Props {
  reference: string;
  /** Null where the case cannot be taken. */
  onTake: (() => void) | null;
  onLink: () => void;
  onReference: () => void;
}

/** The deeds that have no button of their own, or none on a small screen. */
export const CaseMenu = ({ reference, onTake, onLink, onReference }: Props) => {
  const { t } = useWords();
  return (
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
          {t('case.reference', { reference })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
