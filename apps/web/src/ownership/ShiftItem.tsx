import { Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { ownSettingsQuery } from '../api/queries.js';
import { changeOwnSettings } from '../api/requests.js';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';

/** In the account menu: whether cases of customers who write again may come to me. */
export const ShiftItem = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const own = useQuery(ownSettingsQuery).data;
  if (!own) return null;
  const { onShift } = own;
  const Glyph = onShift ? CircleCheck : CircleDashed;
  const toggle = async () => {
    try {
      client.setQueryData(ownSettingsQuery.queryKey, await changeOwnSettings({ onShift: !onShift }));
      notify(t(onShift ? 'shift.ended' : 'shift.begun'));
    } catch (error) {
      notify(failureText(error, language, t).message);
    }
  };
  return (
    <Menu.Item
      leftSection={<Glyph size={16} />}
      rightSection={<small>{t(onShift ? 'shift.on' : 'shift.off')}</small>}
      onClick={() => void toggle()}
    >
      {t('shift.label')}
    </Menu.Item>
  );
};
