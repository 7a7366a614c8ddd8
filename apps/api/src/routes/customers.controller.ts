import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CustomerDetail, CustomerPage, CustomersQuery, Id } from '#contracts';
import { demand, type Principal } from '#identity';
import { CustomerView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';
import { typedKeys } from '../http/typed-keys.js';

@ApiTags('customers')
@Controller('api/v1/customers')
export class CustomersController {
  constructor(private readonly customers: CustomerView) {}

  /** One box: phone, email, @handle, case reference; names only for those who may search. */
  @Get()
  @Answers(200, CustomerPage)
  async find(
    @Me() me: Principal,
    @Query({ schema: CustomersQuery }) query: z.infer<typeof CustomersQuery>,
  ): Promise<z.infer<typeof CustomerPage>> {
    demand(me, 'customer.recognise');
    return { items: await this.customers.find(readerOf(me), typedKeys(me, query.q), query.limit), nextCursor: null };
  }

  @Get(':id')
  @Answers(200, CustomerDetail)
  show(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof CustomerDetail>> {
    return this.customers.one(readerOf(me), id);
  }
}
