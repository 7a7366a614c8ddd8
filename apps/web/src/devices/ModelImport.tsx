import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ModelImportAnswer } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { importModels } from './deviceRequests.js';
import styles from './Devices.module.css';

const SHOWN = 100;

const Results = ({ answer }: { answer: ModelImportAnswer }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { rows, created, updated, unchanged, refused } = answer;
  return (
    <>
      <p>
        <b>{t(answer.dryRun ? 'models.import.tried' : 'models.import.done')}</b>{' '}
        {t('models.import.try', { rows, created, updated, unchanged, refused })}
      </p>
      <ul className={styles.results}>
        {answer.results.slice(0, SHOWN).map(({ row, outcome, tac, model, reasons }) => (
          <li key={row} data-outcome={outcome}>
            {t('models.import.row', { row })} · <b>{t(`models.outcome.${outcome}`)}</b>{' '}
            {[tac, model].filter(Boolean).join(' · ')}
            {reasons.map((reason) => (
              <small key={reason.code + (reason.column ?? '')}>{reason[language]}</small>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
};

/** A table is tried first: what would happen is shown row by row, and only then done. */
export const ModelImport = ({ file, onClose }: { file: File; onClose: () => void }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const tried = useQuery({
    queryKey: ['devices', 'import', file.name, file.lastModified, file.size],
    queryFn: () => importModels(file, true),
    retry: false,
  });
  const done = useMutation({
    mutationFn: () => importModels(file, false),
    onSuccess: () => client.invalidateQueries({ queryKey: ['devices', 'models'] }),
  });
  const answer = done.data ?? tried.data;
  const error = done.error ?? tried.error;
  return (
    <Dialog title={`${t('models.import')} · ${file.name}`} size={640} onClose={onClose}>
      <p className={forms.lead}>{t('models.import.lead')}</p>
      {error ? <Trouble what={t('models.import.failed')} error={error} /> : null}
      {!answer && !error ? <Bone width="70%" /> : null}
      {answer ? <Results answer={answer} /> : null}
      <div className={forms.deeds}>
        <Button onClick={onClose}>{t('app.close')}</Button>
        {tried.data && !done.data && tried.data.refused < tried.data.rows ? (
          <Button variant="filled" loading={done.isPending} onClick={() => done.mutate()}>
            {t('models.import.do')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
};
