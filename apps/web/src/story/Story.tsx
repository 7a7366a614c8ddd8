import { Bookmark, Copy, History, PenLine, Plus, Printer } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail } from '#contracts';
import { useKeys } from '../app/keys.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { Fact } from './Fact.js';
import { cellsOf, type Cell } from './story.rules.js';
import { closeStoryDialog, entryMeant, openStoryDialog, useStoryDialog } from './storyDialogs.js';
import { StoryPrint } from './StoryPrint.js';
import { useHandover } from './useHandover.js';
import styles from './Story.module.css';

const FactDialog = lazy(() => import('./FactDialog.js'));
const HistoryDialog = lazy(() => import('./HistoryDialog.js'));
const ClosingDialog = lazy(() => import('./ClosingDialog.js'));

const StoryCell = ({ cell, detail }: { cell: Cell; detail: CaseDetail }) => {
  const { t } = useWords();
  const [unfolded, setUnfolded] = useState(false);
  const { kind, facts, folded } = cell;
  const shown = unfolded ? detail.story.filter((fact) => fact.kind === kind) : facts;
  return (
    <div>
      <dt>{t(`story.${kind}`)}</dt>
      <dd data-kind={kind}>
        {shown.map((fact) => (
          <Fact key={fact.id} fact={fact} detail={detail} />
        ))}
        {folded.length > 0 ? (
          <button type="button" className={styles.more} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? t('story.fold') : t('story.folded', { count: folded.length })}
          </button>
        ) : null}
      </dd>
    </div>
  );
};

/** What has been told once and need not be asked again: the first thing on a case, each fact leading to where it was said. */
export const Story = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const dialog = useStoryDialog();
  const copy = useHandover(detail);
  const cells = cellsOf(detail.story);
  const add = () => {
    if (may('case.note')) openStoryDialog({ name: 'add', ...entryMeant() });
  };
  useKeys({ b: add, B: () => void copy() });
  return (
    <section className={styles.story} aria-labelledby="story">
      <header>
        <h2 id="story">
          <Bookmark size={14} aria-hidden /> {t('case.story')}
        </h2>
        <span className={styles.again} data-some={detail.reExplanations > 0 || undefined}>
          {t('story.again', { count: detail.reExplanations })}
        </span>
        {may('case.note') ? (
          <button type="button" onClick={add} aria-label={t('palette.fact')}>
            <Plus size={14} aria-hidden /> {t('story.add')} <kbd>b</kbd>
          </button>
        ) : null}
        <button type="button" onClick={() => void copy()} aria-label={t('story.copy')}>
          <Copy size={14} aria-hidden /> <span className={styles.word}>{t('story.copy')}</span> <kbd>B</kbd>
        </button>
        <button type="button" onClick={() => window.print()} aria-label={t('story.print')} title={t('story.print')}>
          <Printer size={14} aria-hidden />
        </button>
        <button
          type="button"
          onClick={() => openStoryDialog({ name: 'history' })}
          aria-label={t('story.history')}
          title={t('story.history')}
        >
          <History size={14} aria-hidden />
        </button>
      </header>
      {cells.length === 0 ? (
        <p className={styles.empty}>
          <PenLine size={14} aria-hidden /> {t('story.empty')}
        </p>
      ) : (
        <dl>
          {cells.map((cell) => (
            <StoryCell key={cell.kind} cell={cell} detail={detail} />
          ))}
        </dl>
      )}
      <StoryPrint detail={detail} />
      <Suspense fallback={null}>
        {dialog?.name === 'add' || dialog?.name === 'correct' ? (
          <FactDialog
            key={dialog.name === 'correct' ? dialog.fact.id : 'add'}
            detail={detail}
            about={dialog}
            onClose={closeStoryDialog}
          />
        ) : null}
        {dialog?.name === 'history' ? <HistoryDialog detail={detail} onClose={closeStoryDialog} /> : null}
        {dialog?.name === 'closing' ? <ClosingDialog detail={detail} onClose={closeStoryDialog} /> : null}
      </Suspense>
    </section>
  );
};
