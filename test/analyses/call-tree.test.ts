import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

it('[A] shows each call inside the call that made it, arguments beside the return', async () => {
  const columns = ['call', 'args', 'ret', 'errno', 'dur', 'parent_line_no', 'line_no'];
  const { csv } = await answer(
    'call-tree',
    `
              sh-148     [001] .....     3.000010: arp: (arp_process+0x0/0x900) dev="eth0"
              sh-148     [001] .....     3.000020: route: (ip_route_input_noref+0x0/0x90) daddr=0x1
              sh-148     [001] .....     3.000060: route_ret: (arp_process+0x3a/0x900 <- ip_route_input_noref) ret=-22
              sh-148     [001] .....     3.000070: arp_ret: (arp_rcv+0x10/0x100 <- arp_process) ret=0
`,
    { columns },
  );
  expect(csv).toBe(
    `${columns.join(',')}\narp_process,"dev=""eth0""",ret=0,,60000,,5\n"  ip_route_input_noref",daddr=0x1,ret=-22,EINVAL,40000,5,6`,
  );
});
