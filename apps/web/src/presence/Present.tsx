import { Tooltip } from '@mantine/core';
import { Eye, PenLine, Store } from 'lucide-react';
import type { PresenceState } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { firstName } from '../case/caseContext.js';
import { useWords } from '../i18n/Words.js';
import { useOthers } from './others.js';
import styles from './Present.module.css';

const GLYPHS = { viewing: Eye, writing: PenLine, at_counter: Store } satisfies Record<PresenceState, unknown>;

const SHOWN = 3;

interface Props {
  caseId: string;
}

/** Who else is at the case that is open: one in words, several as faces. */
export const Present = ({ caseId }: Props) => {
  const { t } = useWords();
  const others = useOthers(caseId);
  const [first] = others;
  const Glyph = first ? GLYPHS[first.state] : null;
  const all = others.map(({ displayName, state }) => t(`presence.${state}`, { name: displayName })).join(' · ');
  return (
    <span className={styles.present} role="status" data-state={first?.state}>
      {first && Glyph ? (
        <Tooltip label={all}>
          <span className={styles.people} tabIndex={others.length > 1 ? 0 : undefined}>
            <span className={styles.faces}>
              {others.slice(0, SHOWN).map(({ id, displayName, state }) => (
                <span key={id} className={styles.face} data-state={state}>
                  <Avatar name={displayName} size={20} />
                </span>
              ))}
            </span>
            <Glyph size={13} aria-hidden className={styles.glyph} />
            <span className={styles.words}>
              {t(`presence.${first.state}`, { name: firstName(first.displayName) })}
              {others.length > 1 ? ` ${t('presence.more', { count: others.length - 1 })}` : null}
            </span>
          </span>
        </Tooltip>
      ) : null}
    </span>
  );
};

/** The same in a row of the list: faces only, the words are said aloud and on hover. */
export const PresentInRow = ({ caseId }: Props) => {
  const { t } = useWords();
  const others = useOthers(caseId);
  return others.slice(0, SHOWN).map(({ id, displayName, state }) => (
    <span key={id} className={styles.face} data-state={state}>
      <Avatar name={displayName} size={18} label={t(`presence.${state}`, { name: displayName })} />
    </span>
  ));
};
