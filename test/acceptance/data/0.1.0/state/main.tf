terraform {
  required_providers {
    zenlayer = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }
  }
}

resource "zenlayer_vm_instance_spec" "settled" {
  instance_id = "900000000000000001"
  internet_max_bandwidth_out = 400
  on_downgrade = "deny"
  max_immediate_charge = 500
  on_destroy = "cancel_scheduled"
  timeouts {
    update = "3s"
    create = "5m"
  }
}
resource "zenlayer_vm_instance_spec" "scheduled" {
  instance_id = "900000000000000002"
  internet_max_bandwidth_out = 100
  on_destroy = "cancel_scheduled"
}
resource "zenlayer_vm_instance_spec" "processing" {
  instance_id = "900000000000000003"
  internet_max_bandwidth_out = 600
  timeouts {
    update = "3s"
    create = "5m"
  }
}
resource "zenlayer_vm_instance_spec" "open" {
  instance_id = "900000000000000004"
  internet_max_bandwidth_out = 700
  max_immediate_charge = 100000
  timeouts {
    update = "3s"
    create = "5m"
  }
}
resource "zenlayer_bmc_traffic_package" "traffic" {
  instance_id = "900000000000000005"
  traffic_package_size = 5
}
resource "zenlayer_bmc_bandwidth" "flat" {
  instance_id = "900000000000000006"
  internet_max_bandwidth_out = 1000
}

