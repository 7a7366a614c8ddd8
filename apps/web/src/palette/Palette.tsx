import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Lock, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { readCases } from '../api/requests.js';
import { Avatar } from '../app/Avatar.js';
import { deedsOffered } from '../app/caseDeeds.js';
import { useWords } from '../i18n/Words.js';
import { useCommands, useMatching, type Command } from './commands.js';
import '@mantine/spotlight/styles.layer.css';
import styles from './Palette.module.css';

const [store, spotlight] = createSpotlight();
const GROUPS = ['here', 'go', 'settings'] as const;

interface Props {
  onClose: () => void;
  onKeys: () => void;
}

const useFoundCases = (typed: string) => {
  const [q] = useDebouncedValue(typed.trim(), 150);
  return useQuery({
    queryKey: ['palette', q],
    queryFn: ({ signal }) => readCases({ q, limit: 6 }, { signal }),
    enabled: q.length >= 2,
    staleTime: 10_000,
  }).data?.items;
};

/** One box for every verb and every case; says why something cannot be done instead of hiding it. */
export default function Palette({ onClose, onKeys }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [deeds] = useState(deedsOffered);
  const [typed, setTyped] = useState('');
  const chosen = useRef<(() => void) | null>(null);
  const commands = useMatching(useCommands(deeds, onKeys), typed);
  const cases = useFoundCases(typed) ?? [];
  useEffect(() => {
    spotlight.open();
    return spotlight.close;
  }, []);
  // The deed waits until the palette has gone, so that the focus lands where the deed wants it.
  const close = () => {
    onClose();
    const deed = chosen.current;
    if (deed) setTimeout(deed, 0);
  };
  const choose = (deed: () => void) => {
    chosen.current = deed;
  };
  const action = ({ id, label, Glyph, hotkey, reason, run }: Command) => (
    <Spotlight.Action
      key={id}
      leftSection={<Glyph size={18} />}
      label={t(label)}
      description={reason ? t(reason) : undefined}
      rightSection={reason ? <Lock size={14} aria-hidden /> : hotkey ? <kbd>{hotkey}</kbd> : null}
      disabled={reason !== null}
      onClick={() => choose(run)}
    />
  );
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={close}
      shortcut={null}
      returnFocus={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
      size={640}
      yOffset={110}
      radius="lg"
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('app.search') } }}
      classNames={{ content: styles.content, action: styles.action, actionsGroup: styles.group }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<Search size={18} />}
        rightSection={deeds ? <span className={styles.context}>{deeds.title}</span> : null}
        rightSectionWidth="auto"
      />
      <Spotlight.ActionsList className={styles.list}>
        {GROUPS.map((group) => {
          const items = commands.filter(
            (command) => command.group === group && (typed || !(group === 'here' && !deeds)),
          );
          return items.length > 0 ? (
            <Spotlight.ActionsGroup key={group} label={t(`palette.${group}`)}>
              {items.map(action)}
            </Spotlight.ActionsGroup>
          ) : null;
        })}
        {cases.length > 0 ? (
          <Spotlight.ActionsGroup label={t('palette.cases')}>
            {cases.map((row) => (
              <Spotlight.Action
                key={row.id}
                leftSection={<Avatar name={row.customer.displayName} />}
                label={`${row.customer.displayName} · ${row.reference}`}
                description={row.problem || row.preview}
                onClick={() =>
                  choose(
                    () =>
                      void navigate({
                        to: '/cases/$reference',
                        params: { reference: row.reference },
                        search: { view: 'open' },
                      }),
                  )
                }
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {commands.length === 0 && cases.length === 0 ? <Spotlight.Empty>{t('palette.empty')}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
      <Spotlight.Footer className={styles.foot}>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('palette.move')}
        </span>
        <span>
          <kbd>↵</kbd> {t('palette.run')}
        </span>
        <span>
          <kbd>esc</kbd> {t('palette.close')}
        </span>
      </Spotlight.Footer>
    </Spotlight.Root>
  );
}
