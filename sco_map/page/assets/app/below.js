// Made from web/ by make web; sources fb9e0dcd954ee8a5e6e208524bb667ea457f4169b05bbffc7f22df8fb714d901
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
