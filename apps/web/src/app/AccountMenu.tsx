import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Keyboard, Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { LANGUAGE_NAMES, useLanguageSwitch } from './languageSwitch.js';
import { useWords, type Key } from '../i18n/Words.js';
import { useLogOut, useUser } from './session.js';

const SCHEMES: { scheme: MantineColorScheme; word: Key; Glyph: typeof Sun }[] = [
  { scheme: 'light', word: 'app.scheme.light', Glyph: Sun },
  { scheme: 'dark', word: 'app.scheme.dark', Glyph: Moon },
  { scheme: 'auto', word: 'app.scheme.auto', Glyph: Monitor },
];

/** Language, appearance, keys and the way out. */
export const AccountMenu = ({ onKeys }: { onKeys: () => void }) => {
  const { t } = useWords();
  const user = useUser();
  const logOut = useLogOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, change } = useLanguageSwitch();
  return (
    <Menu.Dropdown>
      <Menu.Label>
        {user.displayName} · {t(`role.${user.role}`)}
      </Menu.Label>
      <Menu.Divider />
      <Menu.Label>{t('app.language')}</Menu.Label>
      {(['es', 'en'] as const).map((choice) => (
        <Menu.Item
          key={choice}
          role="menuitemradio"
          aria-checked={language === choice}
          leftSection={<Languages size={16} />}
          rightSection={language === choice ? '✓' : null}
          lang={choice}
          onClick={() => void change(choice)}
        >
          {LANGUAGE_NAMES[choice]}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{t('app.scheme')}</Menu.Label>
      {SCHEMES.map(({ scheme, word, Glyph }) => (
        <Menu.Item
          key={scheme}
          role="menuitemradio"
          aria-checked={colorScheme === scheme}
          leftSection={<Glyph size={16} />}
          rightSection={colorScheme === scheme ? '✓' : null}
          onClick={() => setColorScheme(scheme)}
        >
          {t(word)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<Keyboard size={16} />} rightSection={<kbd>?</kbd>} onClick={onKeys}>
        {t('app.help')}
      </Menu.Item>
      <Menu.Item leftSection={<LogOut size={16} />} onClick={() => void logOut()}>
        {t('app.logout')}
      </Menu.Item>
    </Menu.Dropdown>
  );
};
