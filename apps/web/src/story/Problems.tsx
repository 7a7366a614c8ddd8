import { Menu } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { CaseDetail } from '#contracts';
import { useMay } from '../app/session.js';
import { IMPACT_KINDS } from '../app/vocabulary.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { ImpactLine } from './ImpactLine.js';
import { ProblemLine, StatementForm } from './ProblemLine.js';
import { addProblem, reportImpact } from './requests.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Problems.module.css';

/** The problems of a case and what the customer lacks by them, each moved on by one click. */
export const Problems = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const { run } = useStoryDeed(detail);
  const [adding, setAdding] = useState(false);
  const movable = may('case.change_status') && !isOver(detail.status);
  const known = new Set(detail.impacts.filter(({ state }) => state !== 'restored').map(({ kind }) => kind));
  const missing = IMPACT_KINDS.filter((kind) => !known.has(kind));
  return (
    <section aria-labelledby="problems">
      <h3 id="problems" className={styles.head}>
        {t('problems.title')}
        {movable ? (
          <button type="button" className={styles.tool} aria-label={t('problems.add')} onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
          </button>
        ) : null}
      </h3>
      {detail.problems.length === 0 && !adding ? <p className={styles.none}>{t('problems.none')}</p> : null}
      <ul>
        {detail.problems.map((problem) => (
          <ProblemLine key={problem.id} problem={problem} detail={detail} movable={movable} />
        ))}
      </ul>
      {adding ? (
        <StatementForm
          label={t('problems.statement')}
          value=""
          onSave={(statement) => run(() => addProblem(detail.id, statement))}
          onClose={() => setAdding(false)}
        />
      ) : null}
      <ul className={styles.impacts} aria-label={t('impact.title')}>
        {detail.impacts.map((impact) => (
          <ImpactLine key={impact.id} impact={impact} detail={detail} movable={movable} />
        ))}
      </ul>
      {movable && missing.length > 0 ? (
        <Menu position="bottom-start" width={200}>
          <Menu.Target>
            <button type="button" className={styles.add}>
              <Plus size={14} aria-hidden /> {t('impacts.add')}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {missing.map((kind) => (
              <Menu.Item
                key={kind}
                leftSection={<ImpactGlyph kind={kind} />}
                onClick={() => void run(() => reportImpact(detail.id, { kind }))}
              >
                {t(`impact.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </section>
  );
};
