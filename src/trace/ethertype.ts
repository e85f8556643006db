/**
 * EtherTypes (include/uapi/linux/if_ether.h, Linux 6.12): the `protocol` of kfree_skb and of net events, in host order. Well-known ones
 * have the name of their standard, the others that of the kernel without ETH_P_. Below 0x600 stand the kernel's own frame types.
 */
import { numbered } from './numbered.js';

export const ETHERTYPES: ReadonlyMap<number, string> = numbered(`
  0x1 802.3 AX25 ALL 802.2 SNAP DDCMP WAN_PPP PPP_MP LOCALTALK 0xc CAN CANFD CANXL 0x10 PPPTALK TR_802_2 0x15 MOBITEX CONTROL IRDA ECONET
  HDLC ARCNET DSA TRAILER 0x60 LOOP 0xf5 PHONET IEEE802154 CAIF XDSA MAP MCTP 0x200 PUP PUPAT
  0x800 IPv4 0x805 X25 ARP 0x8ff BPQ 0xa00 IEEEPUP IEEEPUPAT 0x22eb ERSPAN2 0x22f0 TSN 0x4305 BATMAN 0x6000 DEC DNA_DL DNA_RC DNA_RT LAT DIAG CUST SCA
  0x6558 TEB 0x8035 RARP 0x809b ATALK 0x80f3 AARP 0x8100 802.1Q 0x8137 IPX 0x86dd IPv6 0x8808 PAUSE SLOW 0x883e WCCP
  0x8847 MPLS MPLS_MC 0x884c ATMMPOA 0x8863 PPPoE_DISC PPPoE 0x886c LINK_CTL 0x8884 ATMFATE 0x888e EAPOL 0x8892 PROFINET 0x8899 REALTEK
  0x88a2 AOE 0x88a4 ETHERCAT 0x88a8 802.1ad 0x88b5 802_EX1 0x88be ERSPAN 0x88c7 PREAUTH 0x88ca TIPC 0x88cc LLDP 0x88e3 MRP 0x88e5 MACSEC
  0x88e7 802.1ah 0x88f5 MVRP 0x88f7 PTP NCSI 0x88fb PRP 0x8902 CFM 0x8906 FCoE 0x890d TDLS 0x8914 FIP IBOE 0x8917 802.21 0x892f HSR 0x894f NSH
  0x9000 LOOPBACK 0x9100 QINQ1 0x9200 QINQ2 0x9300 QINQ3 0xdada EDSA DSA_8021Q 0xe001 DSA_A5PSW 0xed3e IFE 0xfbfb AF_IUCV
`);

/** 2048 -> `IPv4`; undefined when the number has no name (0: the kernel did not know either). */
export const ethertypeName = (protocol: number): string | undefined => ETHERTYPES.get(protocol);
