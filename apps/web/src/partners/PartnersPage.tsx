import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Chooser } from '../app/Chooser.js';
import { Empty } from '../app/Empty.js';
import { Page, Tabs } from '../app/Page.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { NewPartner } from './NewPartner.js';
import { PartnerForm } from './PartnerForm.js';
import { partnersQuery } from './partnerRequests.js';
import { ScoreTable } from './ScoreTable.js';

const EXACTLY = { exact: true, includeSearch: true };

/** The companies that work with us: what was agreed with each, what it may know, what it asks and how it is reached. */
export const PartnersPage = () => {
  const { t } = useWords();
  const edits = useMay()('partner.manage');
  const { id, tab = 'agreement', show } = useSearch({ from: '/inside/partners' });
  const { data, isError, error, refetch } = useQuery(partnersQuery);
  const [adding, setAdding] = useState(false);
  const partner = data?.items.find((each) => each.id === id) ?? data?.items[0];
  const names = data?.items.map(({ id: each, name, kind, active }) => ({
    id: each,
    name,
    note: active ? t(`partner.kind.${kind}`) : t('partner.inactive'),
  }));
  const add = edits ? (
    <Button size="xs" variant="filled" leftSection={<Plus size={14} />} onClick={() => setAdding(true)}>
      {t('partner.new')}
    </Button>
  ) : null;
  return (
    <Page
      title={t('partner.title')}
      lead={t(show ? 'score.lead' : 'partner.lead')}
      beside={
        <Tabs label={t('partner.views')}>
          <Link to="/partners" search={{}} activeOptions={EXACTLY} aria-current={show ? undefined : 'page'}>
            {t('partner.view.each')}
          </Link>
          <Link to="/partners" search={{ show: 'scores' }} activeOptions={EXACTLY}>
            {t('score.title')}
          </Link>
        </Tabs>
      }
      tools={show ? null : add}
    >
      {show ? (
        <ScoreTable />
      ) : isError && !data ? (
        <Trouble what={t('partner.title')} error={error} onRetry={() => void refetch()} />
      ) : data?.items.length === 0 ? (
        <Empty title={t('partner.none')} lead={t('partner.none.lead')} />
      ) : (
        <Chooser label={t('partner.title')} to="/partners" items={names} current={partner?.id}>
          {partner ? <PartnerForm key={partner.id} partner={partner} tab={tab} edits={edits} /> : null}
        </Chooser>
      )}
      {adding ? <NewPartner onClose={() => setAdding(false)} /> : null}
    </Page>
  );
};
