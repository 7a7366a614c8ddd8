import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { searchedAs, SearchPage, SearchQuery } from '#contracts';
import { demand, type Principal } from '#identity';
import { SearchView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';
import { typedKeys } from '../http/typed-keys.js';

@ApiTags('search')
@Controller('api/v1/search')
export class SearchController {
  constructor(private readonly search: SearchView) {}

  /** Cases, customers and what was said, by words, a name, an address or a reference. */
  @Get()
  @Answers(200, SearchPage)
  async find(
    @Me() me: Principal,
    @Query({ schema: SearchQuery }) { q: typed, limit }: SearchQuery,
  ): Promise<SearchPage> {
    demand(me, 'customer.recognise');
    const q = searchedAs(typed);
    return { items: await this.search.find(readerOf(me), { q, keys: typedKeys(me, q), limit }), nextCursor: null };
  }
}
