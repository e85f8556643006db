/** include/trace/events/{kmem,vmscan,mmap_lock}.h, arch/x86/include/asm/trace/exceptions.h */
import { type EventGrammar, grammar, keyed } from './grammar.js';

/** node and accounted: since 6.1 on every allocation, before on the `_node` events only. */
const allocated = (name: string): EventGrammar =>
  grammar(
    name,
    'call_site=(.*?) ptr=(\\S+) (?:name=(.*?) )?bytes_req=(\\d+) bytes_alloc=(\\d+) gfp_flags=(\\S+)(?: node=(-?\\d+))?(?: accounted=(true|false))?',
    {
      call_site: 'text',
      ptr: 'hex',
      cache: 'text',
      bytes_req: 'int',
      bytes_alloc: 'int',
      gfp_flags: 'text',
      node: 'int',
      accounted: 'bool',
    },
  );

export const MEMORY_EVENTS = [
  ...['kmalloc', 'kmem_cache_alloc', 'kmalloc_node', 'kmem_cache_alloc_node'].map(allocated),
  grammar('kfree', 'call_site=(.*?) ptr=(\\S+)', { call_site: 'text', ptr: 'hex' }, { kernel: 'call_site ptr' }),
  grammar('kmem_cache_free', 'call_site=(.*?) ptr=(\\S+)(?: name=(.*))?', {
    call_site: 'text',
    ptr: 'hex',
    cache: 'text',
  }),
  ...['mm_page_alloc', 'mm_page_alloc_zone_locked', 'mm_page_pcpu_drain'].map((name) =>
    grammar(
      name,
      'page=(\\S+) pfn=(\\S+) order=(\\d+) migratetype=(-?\\d+)(?: percpu_refill=(\\d+))?(?: gfp_flags=(\\S+))?',
      { page: 'hex', pfn: 'text', order: 'int', migratetype: 'int', percpu_refill: 'int', gfp_flags: 'text' },
    ),
  ),
  ...['mm_page_free', 'mm_page_free_batched', 'mm_page_free_direct'].map((name) =>
    grammar(name, 'page=(\\S+) pfn=(\\S+) order=(\\d+)(?: cold=(\\d+))?', {
      page: 'hex',
      pfn: 'text',
      order: 'int',
      cold: 'int',
    }),
  ),
  grammar('rss_stat', 'mm_id=(\\d+) curr=(\\d+) (?:type|member)=(\\S+) size=(-?\\d+)B', {
    mm_id: 'int',
    curr: 'int',
    type: 'text',
    size: 'int',
  }),
  ...['page_fault_user', 'page_fault_kernel'].map((name) =>
    grammar(name, 'address=(.*?) ip=(.*?) error_code=0x([0-9a-f]+)', {
      address: 'text',
      ip: 'text',
      error_code: 'hex',
    }),
  ),
  grammar('mmap_lock_start_locking', 'mm=(\\S+) memcg_path=(.*) write=(true|false)', {
    mm: 'hex',
    memcg_path: 'text',
    write: 'bool',
  }),
  grammar('mmap_lock_released', 'mm=(\\S+) memcg_path=(.*) write=(true|false)', {
    mm: 'hex',
    memcg_path: 'text',
    write: 'bool',
  }),
  grammar('mmap_lock_acquire_returned', 'mm=(\\S+) memcg_path=(.*) write=(true|false) success=(true|false)', {
    mm: 'hex',
    memcg_path: 'text',
    write: 'bool',
    success: 'bool',
  }),
  keyed('mm_vmscan_kswapd_wake', 'nid:int order:int'),
  keyed('mm_vmscan_kswapd_sleep', 'nid:int'),
  ...['mm_vmscan_direct_reclaim_begin', 'mm_vmscan_memcg_reclaim_begin'].map((name) =>
    grammar(name, 'order=(\\d+) (?:may_writepage=\\d+ )?gfp_flags=(\\S+).*', { order: 'int', gfp_flags: 'text' }),
  ),
  ...['mm_vmscan_direct_reclaim_end', 'mm_vmscan_memcg_reclaim_end'].map((name) => keyed(name, 'nr_reclaimed:int')),
];
