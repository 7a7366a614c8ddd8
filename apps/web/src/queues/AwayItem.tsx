import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Coffee } from 'lucide-react';
import { openDialog } from '../app/dialogs.js';
import { useWords } from '../i18n/Words.js';
import { brief } from '../i18n/moments.js';
import { awayQuery } from './awayRequests.js';
import { useComeBack } from './useComeBack.js';

/** In the account menu: going away, and coming back. */
export const AwayItem = () => {
  const { t, intl } = useWords();
  const { comeBack } = useComeBack();
  const away = useQuery(awayQuery()).data?.away;
  return away ? (
    <Menu.Item
      leftSection={<Coffee size={16} />}
      rightSection={away.until ? <small>{t('away.until', { when: brief(intl, away.until) })}</small> : null}
      onClick={() => void comeBack()}
    >
      {t('away.back')}
    </Menu.Item>
  ) : (
    <Menu.Item leftSection={<Coffee size={16} />} onClick={() => openDialog({ name: 'away' })}>
      {t('away.open')}
    </Menu.Item>
  );
};
