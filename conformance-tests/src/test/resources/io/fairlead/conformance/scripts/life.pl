# A domain's life through Sys::Virt, with what each step has to give.
use strict;
use warnings;
use Sys::Virt;
use Sys::Virt::Domain;

my ($uri, $file) = @ARGV;
open(my $in, '<', $file) or die $!;
my $xml = do { local $/; <$in> };

sub same {
    my ($what, $actual, $expected) = @_;
    die "$what: $actual instead of $expected\n" unless $actual eq $expected;
}

my $connection = Sys::Virt->new(uri => $uri);
same("type", $connection->get_type(), "LXC");
same("count", scalar(my @none = $connection->list_all_domains()), 0);
my $domain = $connection->define_domain($xml);
same("name", $domain->get_name(), "c1");
same("inactive", $domain->is_active() ? 1 : 0, 0);
$domain->create();
my ($state, $reason) = $domain->get_state();
same("state", $state, Sys::Virt::Domain::STATE_RUNNING);
same("memory", $domain->get_info()->{maxMem}, 65536);
same("same uuid", $connection->get_domain_by_uuid($domain->get_uuid())->get_name(), "c1");
$domain->suspend();
($state, $reason) = $domain->get_state();
same("paused", $state, Sys::Virt::Domain::STATE_PAUSED);
$domain->resume();
$domain->destroy();
$domain->undefine();
eval { $connection->get_domain_by_name("c1") };
same("gone", ref($@), "Sys::Virt::Error");
same("code", $@->code, Sys::Virt::Error::ERR_NO_DOMAIN);
print "walked\n";
