import { Menu } from '@mantine/core';
import { Check, CornerDownRight, PenLine, Smartphone, X } from 'lucide-react';
import { factText, type CaseDetail, type ImpactKind, type StoryFact, type StoryPromise } from '#contracts';
import { useNow } from '../app/now.js';
import { useMay } from '../app/session.js';
import { jumpOn } from '../case/jump.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { day, moment, whole } from '../i18n/moments.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { decidePromise } from './requests.js';
import { isLate } from './story.rules.js';
import { openStoryDialog } from './storyDialogs.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Story.module.css';

/** What was lost, by its glyph and its word: struck while it is lacking, quiet while it is relieved, ticked once restored. */
const Lost = ({ fact }: { fact: StoryFact }) => {
  const { t } = useWords();
  const kind = String(fact.values['kind']) as ImpactKind;
  const state = String(fact.values['state']) as 'reported' | 'confirmed' | 'relieved' | 'restored';
  const part = fact.values['part'];
  return (
    <span className={styles.lost} data-state={state} title={t(`impact.${state}`, { kind: t(`impact.${kind}`) })}>
      {state === 'restored' ? (
        <Check size={14} aria-hidden />
      ) : state === 'relieved' ? (
        <Smartphone size={14} aria-hidden />
      ) : (
        <ImpactGlyph kind={kind} />
      )}
      {t(`impact.${kind}`)}
      {part === 'in' || part === 'out' ? ` (${t(`impacts.part.${part}`)})` : null}
      <span className="visually-hidden">, {t(`impacts.state.${state}`)}</span>
    </span>
  );
};

const PromiseMenu = ({ fact, detail, text }: { fact: StoryFact; detail: CaseDetail; text: string }) => {
  const { t } = useWords();
  const { run } = useStoryDeed(detail);
  const { promise } = fact;
  if (!promise || promise.state !== 'open') return null;
  const decide = (state: 'kept' | 'broken') => void run(() => decidePromise(detail.id, promise.id, { state }));
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button type="button" className={styles.tool} aria-label={t('fact.promise.decide', { text })}>
          <Check size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Check size={16} />} onClick={() => decide('kept')}>
          {t('fact.promise.kept')}
        </Menu.Item>
        <Menu.Item leftSection={<X size={16} />} onClick={() => decide('broken')}>
          {t('fact.promise.broken')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

/** Who promised it, by when, and how that went. */
const PromiseTerms = ({ promise }: { promise: StoryPromise }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const overdue = promise.state === 'open' && Date.parse(promise.dueAt) < now;
  const { keptBy } = promise;
  return (
    <small data-overdue={overdue || undefined}>
      {' · '}
      {t('story.promise', { name: promise.by.displayName, moment: moment(intl, promise.dueAt) })}
      {overdue ? ` · ${t('story.overdue')}` : null}
      {keptBy
        ? ` · ${t(isLate(promise) ? 'story.kept_late' : 'story.kept', { moment: moment(intl, keptBy.at) })}`
        : null}
    </small>
  );
};

/** One fact: what, when where that matters, who promised it and by when, and the way to where it was said. */
export const Fact = ({ fact, detail }: { fact: StoryFact; detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const may = useMay();
  const { promise, at } = fact;
  const entryId = fact.entryId ?? promise?.keptBy?.entryId ?? null;
  if (fact.source === 'impact') return <Lost fact={fact} />;
  const text = factText(fact, language);
  const dated = fact.kind === 'broke' && fact.code === null;
  const editable = fact.source === 'fact' && !promise && may('case.note');
  return (
    <span
      className={styles.fact}
      data-settled={promise?.state === 'kept' || promise?.state === 'withdrawn' || undefined}
    >
      <span title={`${t('story.by', { name: fact.author.displayName, moment: whole(intl, at) })}`}>
        {dated ? `${day(intl, at)}: ` : null}
        <span lang={fact.language ?? undefined}>{text}</span>
        {promise ? <PromiseTerms promise={promise} /> : null}
        {fact.corrected ? <small> · {t('story.corrected')}</small> : null}
      </span>
      {entryId ? (
        <a
          href={`#entry-${entryId}`}
          className={styles.tool}
          aria-label={`${t('story.entry')}: ${text}`}
          onClick={jumpOn(entryId)}
        >
          <CornerDownRight size={12} aria-hidden />
        </a>
      ) : null}
      {may('case.note') ? <PromiseMenu fact={fact} detail={detail} text={text} /> : null}
      {editable ? (
        <button
          type="button"
          className={styles.tool}
          data-quiet
          aria-label={t('fact.edit', { text })}
          onClick={() => openStoryDialog({ name: 'correct', fact })}
        >
          <PenLine size={12} aria-hidden />
        </button>
      ) : null}
    </span>
  );
};
