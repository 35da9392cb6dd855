<?xml version="1.0" encoding="UTF-8"?>
<!-- Sheets that go with a document: лист согласования (marks or visas), визы for the back of the
     last sheet, лист рассылки, лист ознакомления (requisites 20, 21). They stand after everything
     else and have no page number. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="func" exclude-result-prefixes="p f">

  <!-- The sheets of the current order or appendix. -->
  <xsl:template name="sheets">
    <xsl:if test="p:agreed[@place = 'sheet']">
      <xsl:apply-templates select="p:agreed[@place = 'sheet'][1]" mode="sheet"/>
    </xsl:if>
    <xsl:apply-templates select="p:executor[$executor-place = 'back'][not(../p:visas/@place = 'back')]
                                 | p:visas | p:distribution | p:acquaintance" mode="sheet"/>
  </xsl:template>

  <!-- The back of the last sheet has the executor at its lower left, alone or under the visas. -->
  <xsl:template match="p:executor" mode="sheet-lines">
    <xsl:call-template name="executor-bottom"/>
  </xsl:template>

  <xsl:template match="*" mode="sheet">
    <!-- on the back the binding is at the right -->
    <xsl:variable name="is-back" select="$mirror and (@place = 'back' or self::p:executor)"/>
    <fo:page-sequence master-reference="portrait-{substring('firsteven', 1 + 5 * $is-back, 5 - $is-back)}">
      <xsl:call-template name="at"/>
      <fo:flow flow-name="xsl-region-body">
        <fo:block role="Sect" text-indent="0pt" text-align="left">
          <xsl:apply-templates select="." mode="sheet-lines"/>
        </fo:block>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <xsl:template match="p:agreed | p:visas | p:distribution | p:acquaintance" mode="outline">
    <fo:bookmark internal-destination="{f:free-id(f:sheet-id(.))}">
      <fo:bookmark-title>
        <xsl:value-of select="f:capital(f:lower(f:text(f:sheet-id(.))))"/>
      </fo:bookmark-title>
    </fo:bookmark>
  </xsl:template>

  <!-- The name of a sheet's text, which is its id too. -->
  <func:function name="f:sheet-id">
    <xsl:param name="node"/>
    <xsl:choose>
      <xsl:when test="$node/self::p:agreed | $node/self::p:visas">
        <func:result select="concat(local-name($node), '-sheet')"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="local-name($node)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- The sheet's name; under it the order it goes with: «к приказу … от … № …», heading. -->
  <xsl:template name="sheet-title">
    <xsl:param name="name"/>
    <xsl:param name="word" select="f:text('to')"/>
    <xsl:param name="case" select="'dat'"/>
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H1" font-weight="bold">
      <xsl:if test="parent::p:order">
        <xsl:attribute name="id"><xsl:value-of select="f:free-id($name)"/></xsl:attribute>
      </xsl:if>
      <xsl:if test="not($order)"><xsl:attribute name="space-after">14pt</xsl:attribute></xsl:if>
      <xsl:value-of select="f:text($name)"/>
    </fo:block>
    <xsl:if test="$order">
      <fo:block xsl:use-attribute-sets="requisite-centered" role="P" space-after="14pt">
        <xsl:value-of select="concat($word, ' ', f:word($order/@kind, $case))"/>
        <xsl:if test="$body-genitive != ''"><xsl:value-of select="concat(' ', $body-genitive)"/></xsl:if>
        <fo:block/>
        <xsl:value-of select="concat(f:text('from'), '&#160;')"/>
        <xsl:choose>
          <xsl:when test="$order/@date">
            <xsl:value-of select="f:date($order/@date, string($set/p:registration/@date))"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$set/p:registration/@blank"/></xsl:otherwise>
        </xsl:choose>
        <xsl:value-of select="concat(' ', $order-number)"/>
        <fo:block/>
        <xsl:text>«</xsl:text>
        <xsl:apply-templates select="$order/p:heading/node()"/>
        <xsl:text>»</xsl:text>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ===================================================== agreement -->

  <!-- The marks in two columns. -->
  <xsl:template match="p:agreed" mode="sheet-lines">
    <xsl:call-template name="sheet-title">
      <xsl:with-param name="name" select="'agreed-sheet'"/>
    </xsl:call-template>
    <xsl:variable name="marks" select="../p:agreed[@place = 'sheet']"/>
    <fo:table xsl:use-attribute-sets="plain-table">
      <fo:table-column column-width="{$set/p:agreed/@width}"/>
      <fo:table-column column-width="{$text-width - 2 * f:mm($set/p:agreed/@width)}mm"/>
      <fo:table-column column-width="{$set/p:agreed/@width}"/>
      <fo:table-body role="Div">
        <xsl:for-each select="$marks[position() mod 2 = 1]">
          <xsl:variable name="index" select="position() * 2"/>
          <fo:table-row role="Div" keep-together.within-page="always">
            <fo:table-cell role="Div" padding-bottom="14pt"><xsl:apply-templates select="."/></fo:table-cell>
            <xsl:call-template name="gap"/>
            <fo:table-cell role="Div" padding-bottom="14pt">
              <xsl:apply-templates select="$marks[$index]"/>
              <xsl:if test="not($marks[$index])"><fo:block/></xsl:if>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- ===================================================== visas -->

  <xsl:template match="p:visas" mode="sheet-lines">
    <xsl:choose>
      <xsl:when test="@place = 'back'">
        <fo:block xsl:use-attribute-sets="requisite" role="P" keep-with-next.within-page="always">
          <xsl:value-of select="f:text('visas-back')"/>
        </fo:block>
        <xsl:for-each select="p:visa"><xsl:call-template name="visa-lines"/></xsl:for-each>
        <xsl:apply-templates select="../p:executor[$executor-place = 'back']" mode="sheet-lines"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sheet-title">
          <xsl:with-param name="name" select="'visas-sheet'"/>
        </xsl:call-template>
        <xsl:call-template name="visa-table"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A visa on the back: post and name, then the date and whether there are objections. -->
  <xsl:template name="visa-lines">
    <fo:table xsl:use-attribute-sets="plain-table" keep-together.within-page="always" space-before="14pt">
      <xsl:call-template name="at"/>
      <xsl:call-template name="signature-columns"/>
    </fo:table>
    <fo:block xsl:use-attribute-sets="requisite" role="P" keep-with-previous.within-page="always">
      <xsl:call-template name="date-line"/>
      <xsl:if test="@objections = 'yes'">
        <xsl:value-of select="concat(' ', f:text('objections'))"/>
      </xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template name="visa-table">
    <fo:table xsl:use-attribute-sets="ruled-table" hyphenate="false" display-align="center">
      <fo:table-column column-width="14mm" border="{$cell-border}"/>
      <fo:table-column column-width="proportional-column-width(1)" border="{$cell-border}"/>
      <fo:table-column column-width="40mm" border="{$cell-border}"/>
      <fo:table-column column-width="26mm" border="{$cell-border}"/>
      <fo:table-column column-width="24mm" border="{$cell-border}"/>
      <fo:table-column column-width="28mm" border="{$cell-border}"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="ruled-row">
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-number'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-post'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-name'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-signature'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-date'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-note'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="p:visa">
          <xsl:variable name="date">
            <xsl:if test="@date"><xsl:call-template name="date-line"/></xsl:if>
          </xsl:variable>
          <fo:table-row xsl:use-attribute-sets="ruled-row" height="10mm" keep-together.within-page="always">
            <xsl:call-template name="at"/>
            <xsl:call-template name="sheet-cell">
              <xsl:with-param name="text" select="position()"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
            <fo:table-cell padding="{$cell-padding}"><fo:block><xsl:apply-templates select="p:post"/></fo:block></fo:table-cell>
            <fo:table-cell padding="{$cell-padding}"><fo:block><xsl:apply-templates select="p:name"/></fo:block></fo:table-cell>
            <xsl:call-template name="sheet-cell"/>
            <xsl:call-template name="sheet-cell"><xsl:with-param name="text" select="$date"/></xsl:call-template>
            <xsl:call-template name="sheet-cell">
              <xsl:with-param name="text" select="substring(f:text('objections'), 1, 99 * (@objections = 'yes'))"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="head-cell">
    <xsl:param name="name"/>
    <fo:table-cell padding="{$cell-padding}" text-align="{$set/p:table/@header-align}"
                   display-align="center" hyphenate="false">
      <fo:block font-weight="{$set/p:table/@header-weight}">
        <xsl:value-of select="f:text($name)"/>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <xsl:template name="sheet-cell">
    <xsl:param name="text"/>
    <xsl:param name="align" select="'left'"/>
    <fo:table-cell padding="{$cell-padding}" text-align="{$align}">
      <fo:block><xsl:value-of select="$text"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- ===================================================== distribution -->

  <xsl:template match="p:distribution" mode="sheet-lines">
    <xsl:call-template name="sheet-title">
      <xsl:with-param name="name" select="'distribution'"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="ruled-table" hyphenate="false" display-align="center">
      <fo:table-column column-width="14mm" border="{$cell-border}"/>
      <fo:table-column column-width="proportional-column-width(1)" border="{$cell-border}"/>
      <fo:table-column column-width="40mm" border="{$cell-border}"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="ruled-row">
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-number'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-to'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-copies'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="p:to">
          <fo:table-row xsl:use-attribute-sets="ruled-row" keep-together.within-page="always">
            <xsl:call-template name="at"/>
            <xsl:call-template name="sheet-cell">
              <xsl:with-param name="text" select="position()"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
            <fo:table-cell padding="{$cell-padding}"><fo:block><xsl:apply-templates/></fo:block></fo:table-cell>
            <xsl:call-template name="sheet-cell">
              <xsl:with-param name="text" select="f:either(@copies, 1)"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
        <fo:table-row xsl:use-attribute-sets="ruled-row" keep-with-previous.within-page="always">
          <xsl:call-template name="sheet-cell"/>
          <xsl:call-template name="sheet-cell"><xsl:with-param name="text" select="f:text('total')"/></xsl:call-template>
          <xsl:call-template name="sheet-cell">
            <xsl:with-param name="text" select="sum(p:to/@copies) + count(p:to[not(@copies)])"/>
            <xsl:with-param name="align" select="'center'"/>
          </xsl:call-template>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- ===================================================== acquaintance -->

  <xsl:template match="p:acquaintance" mode="sheet-lines">
    <xsl:call-template name="sheet-title">
      <xsl:with-param name="name" select="'acquaintance'"/>
      <xsl:with-param name="word" select="f:text('acquainted')"/>
      <xsl:with-param name="case" select="'ins'"/>
    </xsl:call-template>
    <fo:table xsl:use-attribute-sets="ruled-table" hyphenate="false" display-align="center">
      <fo:table-column column-width="14mm" border="{$cell-border}"/>
      <fo:table-column column-width="proportional-column-width(1)" border="{$cell-border}"/>
      <fo:table-column column-width="42mm" border="{$cell-border}"/>
      <fo:table-column column-width="34mm" border="{$cell-border}"/>
      <fo:table-column column-width="26mm" border="{$cell-border}"/>
      <fo:table-header>
        <fo:table-row xsl:use-attribute-sets="ruled-row">
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-number'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-post'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-name'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-signature'"/></xsl:call-template>
          <xsl:call-template name="head-cell"><xsl:with-param name="name" select="'column-date'"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="p:person">
          <fo:table-row xsl:use-attribute-sets="ruled-row" height="8mm" keep-together.within-page="always">
            <xsl:call-template name="at"/>
            <xsl:call-template name="sheet-cell">
              <xsl:with-param name="text" select="position()"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
            <fo:table-cell padding="{$cell-padding}"><fo:block><xsl:apply-templates select="p:post"/></fo:block></fo:table-cell>
            <fo:table-cell padding="{$cell-padding}"><fo:block><xsl:apply-templates select="p:name"/></fo:block></fo:table-cell>
            <xsl:call-template name="sheet-cell"/>
            <xsl:call-template name="sheet-cell"/>
          </fo:table-row>
        </xsl:for-each>
        <xsl:call-template name="empty-rows">
          <xsl:with-param name="left" select="sum(@rows)"/>
          <xsl:with-param name="number" select="count(p:person) + 1"/>
        </xsl:call-template>
        <xsl:if test="not(p:person) and not(@rows &gt; 0)">
          <xsl:call-template name="empty-rows">
            <xsl:with-param name="left" select="10"/>
            <xsl:with-param name="number" select="1"/>
          </xsl:call-template>
        </xsl:if>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Rows to be filled in by hand. -->
  <xsl:template name="empty-rows">
    <xsl:param name="left"/>
    <xsl:param name="number"/>
    <xsl:if test="$left &gt; 0">
      <fo:table-row xsl:use-attribute-sets="ruled-row" height="8mm">
        <xsl:call-template name="sheet-cell">
              <xsl:with-param name="text" select="$number"/>
              <xsl:with-param name="align" select="'center'"/>
            </xsl:call-template>
        <xsl:call-template name="sheet-cell"/>
        <xsl:call-template name="sheet-cell"/>
        <xsl:call-template name="sheet-cell"/>
        <xsl:call-template name="sheet-cell"/>
      </fo:table-row>
      <xsl:call-template name="empty-rows">
        <xsl:with-param name="left" select="$left - 1"/>
        <xsl:with-param name="number" select="$number + 1"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
