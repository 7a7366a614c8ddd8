import { ActionIcon, Popover } from '@mantine/core';
import { Info } from 'lucide-react';
import { useState } from 'react';
import type { AnalysisMetric, MetricWords } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { useMetricWords } from './useFigures.js';
import styles from './Analysis.module.css';

/** What counts, what does not, in what unit, and where it is from. */
export const Definition = ({ words }: { words: MetricWords }) => {
  const { t } = useWords();
  return (
    <dl className={styles.definition}>
      <dt>{t('analysis.counts')}</dt>
      <dd>{words.counts}</dd>
      <dt>{t('analysis.without')}</dt>
      <dd>{words.without}</dd>
      <dt>{t('analysis.unit')}</dt>
      <dd>{words.unit}</dd>
      <dt>{t('analysis.source')}</dt>
      <dd>{words.source}</dd>
    </dl>
  );
};

/** The same behind a button. */
export const DefinitionButton = ({ metric }: { metric: AnalysisMetric }) => {
  const { t } = useWords();
  const words = useMetricWords()(metric);
  const [opened, setOpened] = useState(false);
  const label = t('analysis.what', { title: words.title });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className={styles.info}
          variant="subtle"
          color="gray"
          size={28}
          aria-label={label}
          aria-expanded={opened}
          onClick={() => setOpened((is) => !is)}
        >
          <Info size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={label} tabIndex={0}>
        {opened ? <Definition words={words} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
};
