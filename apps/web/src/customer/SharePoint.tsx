import type { CaseDetail, ContactPointDetail } from '#contracts';
import { Confirm } from '../app/Confirm.js';
import { useWords } from '../i18n/Words.js';
import { useQueryClient } from '@tanstack/react-query';
import { changePoint, identityQuery, proofQuery } from './identityRequests.js';

interface Props {
  point: ContactPointDetail;
  name: string;
  detail: CaseDetail;
  onClose: () => void;
}

/** Others have it too, or nobody else after all: said with what follows from it. */
export default function SharePoint({ point, name, detail, onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const run = async () => {
    const customer = await changePoint(detail.customer.id, point.id, { shared: !point.shared });
    client.setQueryData(identityQuery(detail.id, detail.customer.id).queryKey, customer);
    await client.invalidateQueries({ queryKey: proofQuery(detail.id).queryKey });
  };
  const way = point.shared ? 'unshare' : 'share';
  return (
    <Confirm
      title={t(`point.${way}.title`, { name })}
      lead={t(`point.${way}.lead`)}
      deed={t(`point.${way}.do`)}
      run={run}
      onClose={onClose}
    />
  );
}
