import { Menu } from '@mantine/core';
import { Ellipsis, Eye, EyeOff, Link2, RefreshCw, ShieldPlus } from 'lucide-react';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import styles from './Devices.module.css';

interface Props {
  name: string;
  /** Whether anything about it may be changed here. */
  writes: boolean;
  /** Whether another took its place already. */
  replaced: boolean;
  revealed: boolean;
  onReveal: () => void;
  onOpen: (dialog: 'term' | 'replace' | 'join') => void;
}

/** What is rarer done with a phone of a case. */
export const DeviceMenu = ({ name, writes, replaced, revealed, onReveal, onOpen }: Props) => {
  const { t } = useWords();
  const may = useMay();
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <button type="button" className={styles.menu} aria-label={t('device.menu', { name })}>
          <Ellipsis size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={revealed ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          onClick={onReveal}
        >
          {t(revealed ? 'device.hide' : 'device.reveal')}
        </Menu.Item>
        {writes ? (
          <Menu.Item leftSection={<ShieldPlus size={16} aria-hidden />} onClick={() => onOpen('term')}>
            {t('device.term.add')}
          </Menu.Item>
        ) : null}
        {writes && !replaced ? (
          <Menu.Item leftSection={<RefreshCw size={16} aria-hidden />} onClick={() => onOpen('replace')}>
            {t('device.replace')}
          </Menu.Item>
        ) : null}
        {writes && may('device.join') ? (
          <Menu.Item leftSection={<Link2 size={16} aria-hidden />} onClick={() => onOpen('join')}>
            {t('device.join')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};
