import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Lock, Search } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import type { SearchHit } from '#contracts';
import { deedsOffered } from '../app/caseDeeds.js';
import { useWords } from '../i18n/Words.js';
import { jumpTo } from '../case/jump.js';
import type { Command } from './command.js';
import { useCommands, useMatching } from './commands.js';
import { Hits } from './Hits.js';
import { useFound } from './useFound.js';
import '@mantine/spotlight/styles.layer.css';
import styles from './Palette.module.css';

const [store, spotlight] = createSpotlight();
const GROUPS = ['here', 'go', 'settings'] as const;

interface Props {
  onClose: () => void;
  onKeys: () => void;
}

const listed = () => document.getElementById(store.getState().listId);

/** What came after the keys were pressed can be run like what was there: something is always chosen, the first at first. */
const chooseFirst = () => {
  const list = listed();
  if (!list || list.querySelector('[data-selected]')) return;
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
};

/** Where a hit leads: its case, and on it to what was said; a customer without an open one, to their page. */
const useGoTo = () => {
  const navigate = useNavigate();
  return async ({ kind, id, reference }: SearchHit) => {
    if (kind === 'device') {
      await navigate({ to: '/devices/$id', params: { id } });
      return;
    }
    if (reference === null && kind === 'customer') await navigate({ to: '/customers/$id', params: { id } });
    if (reference === null) return;
    const hash = kind === 'interaction' ? `entry-${id}` : undefined;
    await navigate({ to: '/cases/$reference', params: { reference }, search: { view: 'open' }, hash });
    if (hash) jumpTo(id);
  };
};

/** Who types and presses Enter before the answer is there is taken to the first that is found, not to what stood there before. */
const useHurry = (hits: readonly SearchHit[], awaited: boolean, open: (hit: SearchHit) => void) => {
  const hurried = useRef(false);
  const settle = useEffectEvent(() => {
    if (awaited) return;
    chooseFirst();
    const [first] = hits.filter(({ kind, reference }) => reference !== null || kind === 'customer');
    if (hurried.current && first) open(first);
    hurried.current = false;
  });
  useEffect(() => settle(), [hits, awaited]);
  return ({ key }: KeyboardEvent) => {
    hurried.current = key === 'Enter' && awaited && !listed()?.querySelector('[data-selected]:not([data-hit])');
  };
};

/** One box for every verb, every case and every customer; says why something cannot be done instead of hiding it. */
export default function Palette({ onClose, onKeys }: Props) {
  const { t } = useWords();
  const goTo = useGoTo();
  const [deeds] = useState(deedsOffered);
  const [typed, setTyped] = useState('');
  const chosen = useRef<(() => void) | null>(null);
  const commands = useMatching(useCommands(deeds, onKeys), typed);
  const { hits, awaited, failed } = useFound(typed);
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
  const open = (hit: SearchHit) => {
    choose(() => void goTo(hit));
    spotlight.close();
  };
  const onKey = useHurry(hits, awaited, open);
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
      classNames={{
        content: styles.content,
        action: styles.action,
        actionBody: styles.body,
        actionDescription: styles.description,
        actionsGroup: styles.group,
      }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        onKeyDown={onKey}
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
        <Hits hits={hits} stale={awaited} onChoose={open} />
        {commands.length === 0 && hits.length === 0 ? (
          <Spotlight.Empty>
            {t(failed ? 'palette.failed' : awaited ? 'palette.searching' : 'palette.empty')}
          </Spotlight.Empty>
        ) : null}
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
