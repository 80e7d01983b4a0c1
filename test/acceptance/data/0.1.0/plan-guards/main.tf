terraform {
  required_providers {
    zenlayer = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }
  }
}

resource "zenlayer_vm_instance_spec" "web" {
  instance_id = "900000000000000001"
  internet_max_bandwidth_out = 400
  max_immediate_charge = 7
  on_downgrade = "deny"
  timeouts {
    update = "3s"
    create = "5m"
  }
}

