import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FileUp, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DeviceModel } from '#contracts';
import { Empty } from '../app/Empty.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { modelsQuery } from './deviceRequests.js';
import { ModelDialog } from './ModelDialog.js';
import { ModelImport } from './ModelImport.js';
import { simName } from './simName.js';
import styles from './Devices.module.css';

const SETTLE_MS = 200;

const Line = ({ model, onEdit }: { model: DeviceModel; onEdit: (() => void) | null }) => {
  const { t } = useWords();
  const { brand, name, os, sim, tacs } = model;
  const system = os === 'other' ? t('models.os.other') : os === 'ios' ? 'iOS' : 'Android';
  return (
    <li>
      <div>
        <b>
          {brand} {name}
        </b>
        <small>
          {[
            system,
            ...(sim.length > 0 ? [sim.map(simName).join(' + ')] : []),
            t('models.tacs.count', { count: tacs }),
          ].join(' · ')}
        </small>
      </div>
      {onEdit ? (
        <Button size="xs" variant="subtle" aria-label={t('models.edit', { name: `${brand} ${name}` })} onClick={onEdit}>
          {t('rules.edit')}
        </Button>
      ) : null}
    </li>
  );
};

/** The table of models, by page; who keeps it adds to it one by one or from a file. */
export const Models = () => {
  const { t } = useWords();
  const keeps = useMay()('device.manage');
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), SETTLE_MS);
  const [edited, setEdited] = useState<DeviceModel | 'new' | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    modelsQuery(q),
  );
  const models = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className={styles.tools}>
        <input
          type="search"
          aria-label={t('models.search')}
          placeholder={t('models.search')}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {keeps ? (
          <>
            <Button leftSection={<Plus size={16} />} onClick={() => setEdited('new')}>
              {t('models.add')}
            </Button>
            <Button leftSection={<FileUp size={16} />} onClick={() => picker.current?.click()}>
              {t('models.import')}
            </Button>
            <input
              ref={picker}
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              hidden
              aria-label={t('models.import')}
              onChange={({ currentTarget }) => {
                setFile(currentTarget.files?.[0] ?? null);
                currentTarget.value = '';
              }}
            />
          </>
        ) : null}
      </div>
      {isError ? <Trouble what={t('models.failed')} error={error} onRetry={() => void refetch()} /> : null}
      {data && models.length === 0 ? <Empty small title={t('models.none')} lead={t('models.none.lead')} /> : null}
      <ul className={styles.list}>
        {models.map((model) => (
          <Line key={model.id} model={model} onEdit={keeps ? () => setEdited(model) : null} />
        ))}
      </ul>
      {hasNextPage ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('models.more')}
        </Button>
      ) : null}
      {edited ? <ModelDialog model={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
      {file ? <ModelImport key={file.name + file.lastModified} file={file} onClose={() => setFile(null)} /> : null}
    </>
  );
};
