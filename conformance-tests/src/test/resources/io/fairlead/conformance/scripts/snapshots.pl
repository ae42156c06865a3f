# Snapshots of domain test through Sys::Virt, with what each step has to give.
use strict;
use warnings;
use Sys::Virt;
use Sys::Virt::Domain;
use Sys::Virt::DomainSnapshot;

my ($uri) = @ARGV;

sub same {
    my ($what, $actual, $expected) = @_;
    die "$what: $actual instead of $expected\n" unless $actual eq $expected;
}

sub names { return join(" ", sort map { $_->get_name() } @_); }

my $connection = Sys::Virt->new(uri => $uri);
my $domain = $connection->get_domain_by_name("test");
$domain->destroy() if $domain->is_active();
same("none", $domain->num_of_snapshots(), 0);
my ($s1, $s2, $s3) = map { $domain->create_snapshot("<domainsnapshot><name>$_</name></domainsnapshot>") } qw(s1 s2 s3);
same("count", $domain->num_of_snapshots(), 3);
same("names", join(" ", sort $domain->list_snapshot_names(10)), "s1 s2 s3");
same("all", names($domain->list_all_snapshots()), "s1 s2 s3");
same("has current", $domain->has_current_snapshot() ? 1 : 0, 1);
same("current", $domain->current_snapshot()->get_name(), "s3");
same("is current", $s3->is_current() ? 1 : 0, 1);
same("parent", $s2->get_parent()->get_name(), "s1");
same("children", names($s1->list_all_children()), "s2");
same("child names", join(" ", $s1->list_child_snapshot_names(10)), "s2");
same("lookup", $domain->get_snapshot_by_name("s2")->get_xml_description(), $s2->get_xml_description());
$s1->revert_to();
same("current after a revert", $domain->current_snapshot()->get_name(), "s1");
$s2->delete();
same("grandparent", $s3->get_parent()->get_name(), "s1");
eval { $domain->get_snapshot_by_name("s2") };
same("gone", ref($@), "Sys::Virt::Error");
same("code", $@->code, Sys::Virt::Error::ERR_NO_DOMAIN_SNAPSHOT);
$s1->delete(Sys::Virt::DomainSnapshot::DELETE_CHILDREN);
same("none again", $domain->num_of_snapshots(), 0);
print "walked\n";
