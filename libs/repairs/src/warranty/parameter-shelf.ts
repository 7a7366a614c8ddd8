import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TermParameter } from './terms.rules.js';

/** The parameters that hold; those that were followed by others are for who asks what an old decision went by. */
@Injectable()
export class ParameterShelf {
  async all(tx: EntityManager): Promise<TermParameter[]> {
    return tx.query(
      `select id, country, kind, label, months, valid_from::text as "validFrom", valid_until::text as "validUntil", clause, source, url, es, en
       from warranty_parameter where retired_at is null order by kind, lower(label), valid_from desc, id`,
    );
  }
}
